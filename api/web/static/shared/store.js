// What this device keeps: keys, drafts, postings to be sent, receipts, the last workbook.
// Every election and environment has a database of its own, so a rehearsal leaves nothing for the night.
import { requireElement } from "./elements.js";

/** @type {Record<string, string>} */
const STORES = { keys: "keyid", drafts: "key", outbox: "submission_id", receipts: "submission_id", shelf: "name" };

const { election, environment } = requireElement("page").dataset;
/** @type {Promise<IDBDatabase> | null} */
let opening = null;

function openDatabase() {
  opening ??= new Promise((resolve, reject) => {
    const asking = indexedDB.open(`kaihyo-${environment}-${election}`, 1);
    asking.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) {
        asking.result.createObjectStore(name, { keyPath });
      }
    };
    asking.onsuccess = () => resolve(asking.result);
    asking.onerror = () => reject(asking.error);
  });
  return opening;
}

/**
 * Work on stores in one transaction; resolves with what `want` was given, once it is on the disk.
 *
 * @param {StoreName[]} names
 * @param {IDBTransactionMode} mode
 * @param {(store: (name: StoreName) => IDBObjectStore, want: (request: IDBRequest) => void) => void} act
 * @returns {Promise<any>}
 */
async function inTransaction(names, mode, act) {
  const database = await openDatabase();
  return new Promise((resolve, reject) => {
    // "strict": on the disk before we say so; what is kept survives a power cut.
    const turn = database.transaction(names, mode, { durability: "strict" });
    /** @type {unknown} */
    let answer;
    turn.oncomplete = () => resolve(answer);
    turn.onerror = turn.onabort = () => reject(turn.error);
    act(
      (name) => turn.objectStore(name),
      (request) => {
        request.onsuccess = () => {
          answer = request.result;
        };
      },
    );
  });
}

/**
 * @param {StoreName} name
 * @returns {Promise<any[]>}
 */
export const getAll = (name) => inTransaction([name], "readonly", (store, want) => want(store(name).getAll()));
/**
 * @param {StoreName} name
 * @param {string} key
 */
export const get = (name, key) => inTransaction([name], "readonly", (store, want) => want(store(name).get(key)));
/**
 * @param {StoreName} name
 * @param {any} value
 */
export const put = (name, value) => inTransaction([name], "readwrite", (store) => store(name).put(value));
/**
 * @param {StoreName} name
 * @param {string} key
 */
export const remove = (name, key) => inTransaction([name], "readwrite", (store) => store(name).delete(key));

/**
 * Where a draft goes whose place another one has taken.
 *
 * @param {{ key: string }} about
 * @param {string} id
 */
export const asideKey = ({ key }, id) => `${key}|${id}`;

/**
 * Keep a draft. One that came back to its place meanwhile is another: it goes aside and is not lost.
 *
 * @param {any} draft
 */
export const putDraft = (draft) =>
  inTransaction(["drafts"], "readwrite", (store) => {
    const drafts = store("drafts");
    const asking = drafts.get(draft.key);
    asking.onsuccess = () => {
      const there = asking.result;
      if (there?.refused_id && there.refused_id !== draft.refused_id)
        drafts.put({ ...there, key: asideKey(there, there.refused_id) });
      drafts.put(draft);
    };
  });

/**
 * Move a thing from one store to another in one step: it is never in both, nor in none.
 *
 * @param {StoreName} from
 * @param {string} key
 * @param {StoreName} to
 * @param {any} value
 */
export function move(from, key, to, value) {
  return inTransaction([from, to], "readwrite", (store) => {
    store(from).delete(key);
    if (value) store(to).put(value);
  });
}

/**
 * @param {string} name
 * @returns {Promise<any>}
 */
export const loadSetting = async (name) => (await get("shelf", name))?.value;
/**
 * @param {string} name
 * @param {any} value
 */
export const saveSetting = (name, value) => put("shelf", { name, value });

/** Ask the browser not to clear this away when the disk runs low. */
export async function requestPersistence() {
  return navigator.storage?.persist ? navigator.storage.persist() : false;
}
