// The first officer's figures, out of sight while the second officer types.
//
// The law has two persons compute independently. While the second one types, the first one's figures
// are on this device only in sealed form: neither the page nor its storage shows them, and the key
// that opens them cannot be read out. They are opened when both entries stand side by side.
import { shelve, shelved } from "./store.js";
import { utf8 } from "./envelope.js";

const NAME = "seal";
const HOW = "AES-GCM";
const NONCE_BYTES = 12;

const key = () => navigator.locks.request("kaihyo-seal", async () => {
  const kept = await shelved(NAME);
  if (kept) return kept;
  const made = await crypto.subtle.generateKey({ name: HOW, length: 256 }, false, ["encrypt", "decrypt"]);
  await shelve(NAME, made);
  return made;
});

async function sealed(figures) {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  return { iv, data: await crypto.subtle.encrypt({ name: HOW, iv }, await key(), utf8(JSON.stringify(figures))) };
}

async function opened({ iv, data }) {
  const plain = await crypto.subtle.decrypt({ name: HOW, iv }, await key(), data);
  return JSON.parse(new TextDecoder().decode(plain));
}

/** Seal or open a draft's first entry as the step that comes next asks for. */
export async function turnTo(step, draft) {
  if (step === "second" && !draft.sealed) Object.assign(draft, { sealed: await sealed(draft.first), first: {} });
  else if (step !== "second" && draft.sealed) Object.assign(draft, { first: await opened(draft.sealed), sealed: undefined });
  draft.step = step;
}
