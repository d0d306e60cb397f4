// Keys of the offices below: take an application in, approve it as a second office, revoke.

import { oneAtATime, readJson } from "../shared/connection.js";
import { byId, el, fill, tableHead } from "../shared/dom.js";
import { applicationForm } from "../shared/keys/key_application.js";
import { keyFingerprint, keyidElement } from "../shared/keys/key_fingerprint.js";
import { t } from "../shared/language.js";
import { officeData } from "../shared/office_data.js";
import { askAndSend } from "../shared/sending/commands.js";
import { board } from "./board_data.js";

/** @type {Record<string, string>} */
const STATES = { pending: t("承認待ち"), active: t("有効"), retired: t("更新済み"), revoked: t("失効") };
/** @type {Record<string, string>} */
const CHIPS = { pending: "interim", active: "final", retired: "none", revoked: "contested" };

/** @type {Record<string, string>} */
const ROLES = {
  nation: t("国"),
  prefecture: t("都道府県"),
  municipality: t("市区町村"),
  centre: t("開票所"),
  auditor: t("監査"),
  press: t("報道"),
};

export async function keysView() {
  setTimeout(load);
  return [
    el("h1", {}, t("鍵")),
    applicationForm({ heading: "h2", done: load }),
    el("h2", {}, t("機関の鍵")),
    el(
      "p",
      {},
      t(
        "鍵は、申請を登録した機関とは別の機関が承認すると有効になります。承認の前に、鍵の番号を電話で読み合わせてください。",
      ),
    ),
    el("div", { id: "key-list" }),
  ];
}

const load = oneAtATime(async () => {
  /** @type {Office[]} */
  const offices = await readJson(`/centre/data/offices.json?prefecture=${board.prefecture}`);
  const place = byId("key-list");
  if (!place) return;
  const rows = offices.flatMap((office) => office.keys.map((key) => ({ office, key })));
  rows.sort((a, b) => (a.key.state === "pending" ? 0 : 1) - (b.key.state === "pending" ? 0 : 1));
  fill(
    place,
    rows.length
      ? el(
          "div",
          { class: "scroll" },
          el(
            "table",
            {},
            tableHead([t("機関"), t("状態"), t("鍵の番号"), t("操作")], "text"),
            el("tbody", {}, rows.map(keyRow)),
          ),
        )
      : el("p", {}, t("登録された鍵はまだありません。")),
  );
});

/**
 * The very entry of the register that is approved and signed: role and units.
 * @param {OfficeRecord | null | undefined} record
 */
const recordLines = (record) =>
  record
    ? [
        el("p", {}, t`役割：${ROLES[record.role] ?? record.role}`),
        el("p", {}, t`開票区：${record.units?.join(t("、")) || t("なし")}`),
      ]
    : [];

/** @param {{ office: Office, key: OfficeKey }} about */
function keyRow({ office, key }) {
  const about = [t`機関：${office.name}`, el("p", {}, t("鍵の番号："), keyidElement(key.keyid))];
  const named = { office: office.id, keyid: key.keyid };
  const approve = async () => {
    await askAndSend({
      title: t("鍵を承認する"),
      word: t("承認する"),
      lines: [...about, ...recordLines(office.record)],
      make: () => ({ command: "approve-key", ...named, ...(office.record ? { record: office.record } : {}) }),
    });
    await load();
  };
  const revoke = async () => {
    await askAndSend({
      title: t("鍵を失効させる"),
      word: t("失効させる"),
      danger: true,
      text: t("失効の理由"),
      lines: about,
      make: (reason) => ({ command: "revoke-key", ...named, reason }),
    });
    await load();
  };
  const mayApprove =
    key.state === "pending" && officeData()?.office.id !== office.id && officeData()?.office.id !== key.enrolled_by;
  return el(
    "tr",
    { data: { keyid: key.keyid } },
    el("th", { scope: "row" }, office.name),
    el("td", { class: "text" }, el("span", { class: `status status-${CHIPS[key.state]}` }, STATES[key.state])),
    el("td", { class: "text" }, keyFingerprint(key.keyid)),
    el(
      "td",
      { class: "text row-actions" },
      mayApprove
        ? el(
            "button",
            { type: "button", class: "small-button", data: { act: "approve" }, on: { click: approve } },
            t("承認"),
          )
        : null,
      key.state === "active" || key.state === "pending"
        ? el(
            "button",
            { type: "button", class: "small-button danger", data: { act: "revoke" }, on: { click: revoke } },
            t("失効"),
          )
        : null,
    ),
  );
}
