import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  hashLeaf,
  readKey,
  Verifier,
  verifyCheckpoint,
  verifyInclusion,
} from "../../api/web/static/shared/signing/log_verifier.js";

// Written by the server's side: tests/unit/infra/protocols/test_browser_vectors.py.
const { key, trees, origin } = JSON.parse(readFileSync(new URL("../golden/log_proofs.json", import.meta.url), "utf8"));
const log = await readKey(key);
const utf8 = (text) => new TextEncoder().encode(text);

/** A verifier that reads from memory: an entry here is `{"index":n}`, so it is told its position. */
class MemoryVerifier extends Verifier {
  constructor(files) {
    super("house51");
    this.files = files;
  }

  async text(path) {
    if (!(path in this.files)) throw Object.assign(new Error(path), { status: 404 });
    return this.files[path];
  }
}

const proofOf = (receipt) => {
  const lines = receipt.split("\n\n")[0].split("\n").slice(2);
  return lines.map((line) => Uint8Array.from(atob(line), (sign) => sign.charCodeAt(0)));
};

test("checkpoints and inclusion proofs of trees of every size hold", async () => {
  for (const { size, checkpoint, receipts } of trees) {
    const signed = await verifyCheckpoint(checkpoint, log);
    assert.deepEqual([signed.size, signed.origin], [size, origin]);
    for (const { index, entry, receipt } of receipts) {
      await verifyInclusion(await hashLeaf(utf8(entry)), index, size, proofOf(receipt), signed.root);
    }
  }
});

test("another entry, another place, a shorter and a longer proof do not", async () => {
  const { size, checkpoint, receipts } = trees.at(-1);
  const { root } = await verifyCheckpoint(checkpoint, log);
  const { index, entry, receipt } = receipts.at(-1);
  const [leaf, proof] = [await hashLeaf(utf8(entry)), proofOf(receipt)];

  await assert.rejects(verifyInclusion(await hashLeaf(utf8("{}")), index, size, proof, root), /does not lead/);
  await assert.rejects(verifyInclusion(leaf, index - 1, size, proof, root));
  await assert.rejects(verifyInclusion(leaf, index, size, proof.slice(0, -1), root), /too short|does not lead/);
  await assert.rejects(verifyInclusion(leaf, index, size, [...proof, root], root), /too long/);
  await assert.rejects(verifyInclusion(leaf, size, size, proof, root), /not in a tree/);
  await assert.rejects(verifyInclusion(leaf, -1, size, proof, root), /not in a tree/);
});

test("a checkpoint that was changed, or that another log signed, is none", async () => {
  const { checkpoint } = trees.at(-1);
  await assert.rejects(verifyCheckpoint(checkpoint.replace("\n300\n", "\n301\n"), log), /does not fit/);
  await assert.rejects(verifyCheckpoint(checkpoint.replaceAll(origin, "log.example/LIVE/other"), log), /did not sign/);
  await assert.rejects(verifyCheckpoint(checkpoint.split("\n\n")[0], log), /did not sign/);
});

test("a key whose id is not that of name and key is refused", async () => {
  const [name, id, encoded] = key.split("+");
  await assert.rejects(readKey(`${name}x+${id}+${encoded}`), /not that of the key/);
  await assert.rejects(readKey(`${name}+${id}+AAAA`), /not an Ed25519 key/);
  await assert.rejects(readKey("no key"), /not a verifier key/);
});

test("an entry is given only under its own receipt and position", async () => {
  const { receipts } = trees.at(-1);
  const [first, second] = receipts;
  const files = { "/log/key": key, "/log/1": first.entry, "/receipts/1": first.receipt };
  // The entry of this tree does not name position 1, so the last check refuses it: all before it hold.
  await assert.rejects(new MemoryVerifier(files).entry(1), /another position/);
  await assert.rejects(new MemoryVerifier({ ...files, "/receipts/1": second.receipt }).entry(1), /another entry/);
  await assert.rejects(new MemoryVerifier({ ...files, "/log/1": second.entry }).entry(1), /does not lead/);
  await assert.rejects(new MemoryVerifier({ ...files, "/receipts/1": "no receipt" }).entry(1), /not a receipt/);
  const indexless = first.receipt.replace(/index \d+\n/, "");
  await assert.rejects(new MemoryVerifier({ ...files, "/receipts/1": indexless }).entry(1), /without an index/);
  await assert.rejects(new MemoryVerifier({}).entry(1), { status: 404 });
});
