// A view of a posting says where the posting is, also when it moves while it is looked for.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import "./support/page.js";

const { drawFirst, findPosting } = await import("../../api/web/static/shared/sending/posting_state.js");
const { events } = await import("../../api/web/static/shared/connection.js");
const store = await import("../../api/web/static/shared/store.js");

const ID = "centre-13101-1";
const WAITING = { submission_id: ID, number: 1, state: "waiting" };
const RECORDED = { submission_id: ID, state: "recorded", receipt: { position: 7 } };

beforeEach(async () => {
  await store.remove("outbox", ID);
  await store.remove("receipts", ID);
  await store.remove("drafts", "d");
});

const record = () => store.move("outbox", ID, "receipts", RECORDED);
const tell = () => events.dispatchEvent(new CustomEvent("outbox", { detail: { submission_id: ID } }));

test("a posting is found waiting, recorded and returned to its form", async () => {
  assert.deepEqual(await findPosting(ID), { draft: undefined });

  await store.put("outbox", WAITING);
  assert.deepEqual(await findPosting(ID), { waiting: WAITING });

  await record();
  assert.deepEqual(await findPosting(ID), { receipt: RECORDED });

  await store.remove("receipts", ID);
  const draft = { key: "d", refused_id: ID };
  await store.put("drafts", draft);
  assert.deepEqual(await findPosting(ID), { draft });
});

test("a posting that is recorded while it is looked for is never missing", async () => {
  await store.put("outbox", WAITING);

  const [found] = await Promise.all([findPosting(ID), record()]);

  assert.ok(found.waiting || found.receipt, "neither waiting nor recorded");
});

test("a view is drawn again when its posting moved before it stood in the page", async () => {
  await store.put("outbox", WAITING);
  const shown = [];

  await drawFirst(ID, async () => {
    const { receipt } = await findPosting(ID);
    if (!shown.length) {
      await record();
      tell();
    }
    shown.push(receipt ? "recorded" : "waiting");
  });

  assert.deepEqual(shown, ["waiting", "recorded"]);
});

test("a view once drawn is left to its page", async () => {
  let drawn = 0;
  await drawFirst(ID, async () => {
    drawn += 1;
  });

  tell();

  assert.equal(drawn, 1);
});
