// What this device keeps: keys, drafts, postings to be sent, receipts, the last workbook.
// Every election and environment has a database of its own, so a rehearsal leaves nothing for the night.

const STORES = { keys: "keyid", drafts: "key", outbox: "submission_id", receipts: "submission_id", shelf: "name" };

const { election, environment } = document.getElementById("page").dataset;
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

async function inTransaction(names, mode, act) {
  const database = await openDatabase();
  return new Promise((resolve, reject) => {
    // "strict": on the disk before we say so; what is kept survives a power cut.
    const turn = database.transaction(names, mode, { durability: "strict" });
    let answer;
    turn.oncomplete = () => resolve(answer);
    turn.onerror = turn.onabort = () => reject(turn.error);
    act((name) => turn.objectStore(name), (request) => {
      request.onsuccess = () => { answer = request.result; };
    });
  });
}

export const getAll = (name) => inTransaction([name], "readonly", (store, want) => want(store(name).getAll()));
export const get = (name, key) => inTransaction([name], "readonly", (store, want) => want(store(name).get(key)));
export const put = (name, value) => inTransaction([name], "readwrite", (store) => store(name).put(value));
export const remove = (name, key) => inTransaction([name], "readwrite", (store) => store(name).delete(key));

/** Where a draft goes whose place another one has taken. */
export const asideKey = ({ key }, id) => `${key}|${id}`;

/** Keep a draft. One that came back to its place meanwhile is another: it goes aside and is not lost. */
export const putDraft = (draft) => inTransaction(["drafts"], "readwrite", (store) => {
  const drafts = store("drafts");
  drafts.get(draft.key).onsuccess = ({ target: { result: there } }) => {
    if (there?.refused_id && there.refused_id !== draft.refused_id) drafts.put({ ...there, key: asideKey(there, there.refused_id) });
    drafts.put(draft);
  };
});

/** Move a thing from one store to another in one step: it is never in both, nor in none. */
export function move(from, key, to, value) {
  return inTransaction([from, to], "readwrite", (store) => {
    store(from).delete(key);
    if (value) store(to).put(value);
  });
}

export const loadSetting = async (name) => (await get("shelf", name))?.value;
export const saveSetting = (name, value) => put("shelf", { name, value });

/** Ask the browser not to clear this away when the disk runs low. */
export async function requestPersistence() {
  return navigator.storage?.persist ? navigator.storage.persist() : false;
}
