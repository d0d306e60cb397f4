import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import "./support/page.js";

const { keyFingerprint } = await import("../../api/web/static/shared/keys/key_fingerprint.js");

test("a key reads the same aloud on the page and on the command line", async () => {
  const vectors = JSON.parse(await readFile(new URL("../support/key_fingerprints.json", import.meta.url), "utf8"));
  assert.ok(Object.keys(vectors).length > 5);
  for (const [keyid, digits] of Object.entries(vectors)) assert.equal(keyFingerprint(keyid), digits);
});
