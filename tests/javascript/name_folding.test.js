import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { foldShape, foldSimilar, includesSimilar } from "../../api/web/static/shared/name_folding.js";

const CASES = JSON.parse(readFileSync(new URL("../golden/name_cases.json", import.meta.url), "utf-8"));

for (const [one, other, strength] of CASES) {
  test(`${one} and ${other} are one name by ${strength}`, () => {
    assert.equal(foldShape(one) === foldShape(other), ["width", "shape"].includes(strength));
    assert.equal(foldSimilar(one) === foldSimilar(other), strength !== "never");
    assert.equal(foldSimilar(foldSimilar(one)), foldSimilar(one));
  });
}

test("a recorded name holds what was typed in another form, whenever it is asked", () => {
  for (const _ of [1, 2]) {
    assert.ok(includesSimilar("鎌ケ谷市", foldSimilar("鎌ヶ谷")));
    assert.ok(includesSimilar("鎌ケ谷市", ""));
    assert.ok(!includesSimilar("鎌ケ谷市", foldSimilar("市川")));
  }
});
