// The first officer's figures and pools, out of sight while the second officer types.
//
// The law has two persons compute independently. While the second one types, the first one's figures
// and the pools that he or she named are on this device only in sealed form: neither the page nor its
// storage shows them, and the key that opens them cannot be read out. The second one names pools too. They are opened when both entries stand side by side.

import { t } from "../shared/language.js";
import { utf8 } from "../shared/signing/envelope.js";
import { loadSetting, saveSetting } from "../shared/store.js";

const SETTING = "seal";
const ALGORITHM = "AES-GCM";
const NONCE_BYTES = 12;

const loadOrCreateKey = () =>
  navigator.locks.request("kaihyo-seal", async () => {
    const kept = await loadSetting(SETTING);
    if (kept) return kept;
    const made = await crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ["encrypt", "decrypt"]);
    await saveSetting(SETTING, made);
    return made;
  });

/** @param {FieldTexts | { pools?: PoolName[] }} entry */
async function encrypt(entry) {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  return {
    iv,
    data: await crypto.subtle.encrypt({ name: ALGORITHM, iv }, await loadOrCreateKey(), utf8(JSON.stringify(entry))),
  };
}

/** @param {SealedFigures} about */
async function decrypt({ iv, data }) {
  const plain = await crypto.subtle.decrypt({ name: ALGORITHM, iv }, await loadOrCreateKey(), data);
  return JSON.parse(new TextDecoder().decode(plain));
}

/**
 * Seal or open a draft's first entry as the step that comes next asks for. `pools` are those of the
 * entry on the screen: while the second one is typed that one's, otherwise the first one's.
 *
 * @param {string} step
 * @param {Draft} draft
 */
export async function enterStep(step, draft) {
  if (step === "second" && !draft.sealed) await seal(draft);
  else if (step !== "second" && draft.sealed) await open(draft);
  draft.step = step;
}

/** @param {Draft} draft */
async function seal(draft) {
  const sealed = await encrypt(draft.first);
  const sealed_pools = await encrypt({ pools: draft.pools });
  Object.assign(draft, { sealed, sealed_pools, first: {}, pools: draft.second_pools, second_pools: undefined });
}

/** @param {Draft} draft */
async function open(draft) {
  if (draft.sealed) Object.assign(draft, { first: await decrypt(draft.sealed), sealed: undefined });
  // A draft that was begun by an earlier version of the page has pools in common.
  if (!draft.sealed_pools) return;
  const { pools } = await decrypt(draft.sealed_pools);
  Object.assign(draft, { second_pools: draft.pools, pools, sealed_pools: undefined });
}

/**
 * A draft as the second entry's fields are read from it, beside the first one's.
 *
 * @param {Draft} draft
 * @returns {Draft}
 */
export const secondEntry = (draft) => ({ ...draft, pools: draft.second_pools });

/**
 * A person who looks at the first entry again has seen it: the second one then begins again. Whether that
 * is wanted where something was typed.
 *
 * @param {Draft} draft
 */
export function mayLeaveSecond(draft) {
  if (
    (draft.pools?.length || Object.values(draft.second).some(Boolean)) &&
    !confirm(t("一人目の数字を表示するため、二人目の入力は消え、はじめからやり直しになります。よろしいですか。"))
  )
    return false;
  draft.second = {};
  draft.pools = undefined;
  if (draft.imported === "second") draft.imported = undefined;
  if (draft.typists) draft.typists = draft.typists.slice(0, 1);
  return true;
}
