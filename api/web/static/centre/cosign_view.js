// The second person signs on a device of his or her own what the first one signed on another.

import { events } from "../shared/connection.js";
import { byId, el, fieldId, fill, labelledField, showFieldError, tableHead } from "../shared/dom.js";
import { NOT_SAVED } from "../shared/drafts.js";
import { formatFigure, formatMoment } from "../shared/figures.js";
import { keyidLine } from "../shared/keys/key_fingerprint.js";
import { t } from "../shared/language.js";
import { countBook, deviceKeys, requireOfficeData } from "../shared/office_data.js";
import { enqueue } from "../shared/sending/outbox.js";
import { locateProblem } from "../shared/sending/refusals.js";
import { openSigners, signerChoice } from "../shared/sending/signer_choice.js";
import { canonicalJson } from "../shared/signing/canonical_json.js";
import { completeHalfSigned, isAllShown, parseHalfSigned } from "../shared/signing/half_signed.js";
import { FORMS } from "./flow_view.js";

const FORM_NAMES = [
  ["tally", /^(post|correct)-tally$/],
  ["turnout", /^(report|correct)-turnout$/],
];

/** The page on which what was handed over is taken in. */
export function cosignView() {
  const text = el("textarea", { rows: "8", class: "application", autocomplete: "off", spellcheck: "false" });
  const file = el("input", {
    type: "file",
    id: "half-file",
    accept: ".json,application/json",
    on: {
      change: async () => {
        text.value = (await file.files?.[0]?.text()) ?? "";
      },
    },
  });
  const place = el("div", { id: "cosign" });
  /** @param {Event} event */
  const look = async (event) => {
    event.preventDefault();
    const found = await readReport(text.value);
    showFieldError("half", typeof found === "string" ? found : "");
    fill(place, typeof found === "string" ? null : reportPart(found, await ownKeys(found)));
    place.querySelector("h2")?.focus();
  };
  return [
    el("h1", {}, t("もう一人の署名")),
    el(
      "form",
      { novalidate: true, on: { submit: look } },
      labelledField("half", t("一人目の端末で写した文"), text),
      el("div", { class: "field" }, el("label", { for: "half-file" }, t("またはファイルを選ぶ")), file),
      el("button", { type: "submit" }, t("内容を確かめる")),
    ),
    place,
  ];
}

/**
 * What was signed, with its sheet; a sentence where it cannot be signed here.
 *
 * @param {string} text
 * @returns {Promise<CosignedReport | string>}
 */
async function readReport(text) {
  const half = await parseHalfSigned(text);
  if (!half)
    return t("途中で切れているか、書き換えられているか、この選挙のものではありません。もう一度写してください。");
  const { office } = requireOfficeData();
  const { command } = half.submission;
  const name = FORM_NAMES.find(([, kind]) => /** @type {RegExp} */ (kind).test(command.command))?.[0];
  const form = FORMS[/** @type {string} */ (name)];
  const book = form && (await countBook(command.contest, command.unit));
  if (half.submission.office !== office.id || !form || !book) return t("この機関の報告ではありません。");
  return sheetOf(half, form, book) ?? t("この端末では内容をすべて示せないため、ここでは署名できません。");
}

/**
 * The sheet that the signed bytes are; null where a form of this page would not say the same again.
 *
 * @param {HalfSigned} half
 * @param {ReportForm} form
 * @param {CountBook} book
 * @returns {CosignedReport | null}
 */
function sheetOf(half, form, book) {
  const { command } = half.submission;
  if (!isAllShown(half.submission, book)) return null;
  const { final, as_of, tally, figures, ballot_sha256 } = command;
  const signed = /** @type {any} */ ({ ...book, last: { tally, final }, turnout: { figures, final } });
  const draft = /** @type {any} */ ({ final, as_of, mode: "post", ballot_sha256 });
  if (tally?.pools_unstated) draft.pools_unstated = tally.pools_unstated;
  const posted = form.last(signed)?.values ?? {};
  const fields = form.fields(signed, draft).filter(({ id }) => posted[id] !== undefined);
  // The command is made again of what stands on the page, and of nothing else.
  const values = Object.fromEntries(fields.map(({ id }) => [id, posted[id]]));
  const again = form.command(signed, draft, values);
  if (canonicalJson(again.tally ?? again.figures) !== canonicalJson(tally ?? figures)) return null;
  return {
    ...half,
    form,
    book,
    rows: fields.map((field) => [
      field.letter ? `${field.letter}　${field.label}` : field.label,
      formatFigure(values[field.id], field),
    ]),
  };
}

/**
 * Keys of this device that may be the second: of another person, and of who typed where that is said.
 *
 * @param {CosignedReport} report
 */
const ownKeys = async ({ keyid, submission }) =>
  (await deviceKeys()).filter(
    (key) =>
      key.state === "active" &&
      key.keyid !== keyid &&
      ((submission.command.typists?.length ?? 0) < 2 || submission.command.typists.includes(key.keyid)),
  );

/** @param {{ answer: string }} about */
const answerText = ({ answer }) => answer;

/**
 * What is signed, as the signed bytes say it, and the fields of the second person.
 *
 * @param {CosignedReport} report
 * @param {DeviceKey[]} keys
 */
function reportPart(report, keys) {
  const { book, form, keyid, rows } = report;
  const { command } = report.submission;
  const title = `${book.unit_name}　${book.name}　${form.title}`;
  const stage = form.stages.find(([value]) => value === (command.final ? "final" : "interim"))?.[1] ?? "";
  const about = [
    [t("種別"), `${command.supersedes ? t("訂正・") : ""}${stage}`],
    [t("時点"), t`${formatMoment(command.as_of)}現在`],
    ...(book.own ? [] : [[t("代行"), requireOfficeData().office.name]]),
    ...[
      command.reason,
      command.remark,
      command.one_entry,
      command.tally?.pools_unstated,
      ...(command.answers ?? []).map(answerText),
    ]
      .filter(Boolean)
      .map((each) => [t("理由"), each]),
    ...(report.submission.scan_sha256 ? [[t("用紙の画像の要約値"), report.submission.scan_sha256]] : []),
  ];
  const choice = signerChoice({ name: "cosigner", label: t("署名2人目の鍵"), keys });
  const error = el("p", { class: "error", id: "cosign-error", role: "alert", hidden: true });
  const button = el("button", { type: "submit", class: "primary" }, t("署名して送る"));
  /** @param {Event} event */
  const send = async (event) => {
    event.preventDefault();
    if (!choice.keyid()) {
      showFieldError("cosigner", t("署名する鍵を選んでください。"));
      return;
    }
    button.disabled = true;
    const { signers, errors } = await openSigners([choice]);
    // Whoever went on to another page meanwhile sends nothing.
    if (!button.isConnected) return;
    const [signer] = signers;
    const fault = errors["cosigner-pin"] ?? "";
    showFieldError("cosigner-pin", fault);
    const said = signer ? await sendCosigned(report, signer, title) : "";
    button.disabled = false;
    if (fault) byId(fieldId("cosigner-pin"))?.focus();
    error.hidden = !said;
    fill(error, said);
  };
  return el(
    "form",
    { novalidate: true, class: "review", on: { submit: send } },
    el("h2", { tabindex: "-1" }, title),
    el(
      "dl",
      { class: "figures-list" },
      about.map(([word, said]) => el("div", {}, el("dt", {}, word), el("dd", {}, said))),
    ),
    el(
      "table",
      { class: "sheet review-table" },
      tableHead([t("欄"), t("今回")]),
      el(
        "tbody",
        {},
        rows.map(([label, figure]) =>
          el("tr", {}, el("th", { scope: "row" }, label), el("td", { class: "big-figure" }, figure)),
        ),
      ),
    ),
    keyidLine(keyid, { word: t("一人目の鍵　") }),
    error,
    keys.length
      ? [choice.element, el("p", { class: "actions" }, button)]
      : el("p", { class: "notice notice-error" }, t("この端末には、二人目として署名できる鍵がありません。")),
  );
}

/**
 * Put the whole envelope among what is sent; the sentence of a refusal, or "" when it is recorded or waits.
 *
 * @param {CosignedReport} report
 * @param {Signer} signer
 * @param {string} title
 * @returns {Promise<string>}
 */
async function sendCosigned(report, signer, title) {
  const { submission, sha256, keyid, book, form, rows } = report;
  const { submission_id } = submission;
  const own = (await deviceKeys()).find((key) => key.keyid === signer.keyid);
  const text = await completeHalfSigned(report, {
    keyid: signer.keyid,
    private_key: signer.opened ?? own?.private_key,
  });
  return new Promise((resolve) => {
    /** @param {{ detail: OutboxDetail }} event */
    const heard = ({ detail }) => {
      if (detail.submission_id !== submission_id || detail.state === "kept") return;
      events.removeEventListener("outbox", heard);
      if (detail.state === "refused") return resolve(locateProblem(detail.problem).sentence);
      location.hash = `#/sent/${encodeURIComponent(submission_id)}`;
      resolve("");
    };
    events.addEventListener("outbox", heard);
    enqueue({
      submission_id,
      submission,
      signers: [keyid, signer.keyid],
      text,
      is_cosigned: true,
      sha256,
      sequence: submission.sequence,
      title,
      rows,
      form: form.name,
      contest: book.contest,
      unit: book.unit,
      office_name: requireOfficeData().office.name,
      made_at: new Date().toISOString(),
    }).catch(() => {
      events.removeEventListener("outbox", heard);
      resolve(NOT_SAVED);
    });
  });
}
