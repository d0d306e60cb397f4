import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/page.js";

const { isPinUsable, lockKey, unlockKey } = await import("../../api/web/static/shared/signing/pin_lock.js");
const { generateKey, signStatement } = await import("../../api/web/static/shared/signing/envelope.js");
const { isPinTaken, makeKey } = await import("../../api/web/static/shared/keys/key_making.js");
const { signersOnItem } = await import("../../api/web/static/shared/sending/signer_choice.js");
const store = await import("../../api/web/static/shared/store.js");

test("a PIN has six digits or eight letters and is not what everybody tries first", () => {
  for (const pin of ["483920", "１２３９８７", "112233445566", "4839201234567", "kasa to kutsu"])
    assert.equal(isPinUsable(pin), true, pin);
  for (const pin of [
    "",
    "48392",
    "000000",
    "123456",
    "987654",
    "67890123",
    "48392a",
    "abababab",
    " 48392   ",
    "1".repeat(65),
  ])
    assert.equal(isPinUsable(pin), false, pin);
});

test("a locked key opens with its PIN alone, and what is opened cannot be read out", async () => {
  const { private_key } = await generateKey(true);
  const locked = await lockKey(private_key, "483920");
  assert.equal(await unlockKey(locked, "483921"), null);
  const opened = await unlockKey(locked, "４８３９２０");
  assert.equal(opened.extractable, false);
  const statement = { election: "house51" };
  const texts = await Promise.all(
    [private_key, opened].map((half) => signStatement("session", statement, [{ keyid: "a", private_key: half }])),
  );
  assert.deepEqual(texts[0], texts[1]);
});

test("a key at rest signs nothing, and its PIN serves no second person of the device", async () => {
  const key = await makeKey("centre-13101", "担当1", "483920");
  const kept = await store.get("keys", key.keyid);
  assert.equal(kept.private_key, undefined);
  await assert.rejects(signStatement("session", {}, [kept]), /not been opened/);
  assert.equal(await isPinTaken("483920"), true);
  assert.equal(await isPinTaken("571640"), false);
  assert.equal(await isPinTaken("483920", key.keyid), false);
});

test("a posting has the keys that were opened for it, and no others", () => {
  const opened = /** @type {any} */ ({});
  assert.deepEqual(signersOnItem([{ keyid: "a", opened }, { keyid: "b" }]), {
    signers: ["a", "b"],
    opened: { a: opened },
  });
  assert.deepEqual(signersOnItem([{ keyid: "b" }]), { signers: ["b"] });
});
