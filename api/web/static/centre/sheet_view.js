// The sheet on the screen: one row per field, large figures, Enter moves on, columns can be pasted.
import { announce, el, fieldId, fill, showFieldError } from "../shared/dom.js";
import { readFigure, formatFigure, formatDifference } from "../shared/figures.js";
import { runningSum } from "./tally_sheet.js";
import { decodeText, isColumn, fillFields, parseRows } from "./spreadsheet_rows.js";
import { problemSentence } from "../shared/sending/refusals.js";
import { t } from "../shared/language.js";

/**
 * A sheet to fill in.
 *
 * @param {object} about form, book, draft, which ("first" or "second"), changed (called at every
 * keystroke), told (a sentence and what is wrong, after rows were put in).
 * @returns {{ element, sums, show, errors }}
 */
export function sheetView({ form, book, draft, which, changed, told }) {
  const fields = form.fields(book, draft);
  const typed = draft[which];
  const last = which === "first" ? form.last(book) : null;
  const inputs = new Map();
  const changes = new Map();
  const sums = el("div", { class: "sums", role: "status", "aria-live": "polite" });

  const take = (field, text) => {
    typed[field.id] = text;
    changed();
    refresh();
  };

  function refresh() {
    const values = {};
    for (const field of fields) {
      const found = readFigure(typed[field.id] ?? "", field);
      if (found.value !== undefined) values[field.id] = found.value;
      if (last) changes.get(field.id).textContent = formatChange(field, found.value, last.values[field.id]);
    }
    showSums(sums, form, book, draft, values);
  }

  const row = (field, place) => {
    const input = el("input", {
      id: fieldId(field.id), type: "text", inputmode: field.votes ? "decimal" : "numeric", autocomplete: "off",
      enterkeyhint: "next", value: typed[field.id] ?? "", class: "figure", "aria-describedby": `${fieldId(field.id)}-error`,
      "aria-required": field.required ? "true" : undefined,
      on: {
        input: (event) => { showFieldError(field.id, ""); take(field, event.target.value); },
        // Whoever presses a button leaves for it: a sentence that appears now would push it away.
        blur: (event) => event.relatedTarget?.closest("button") || checkOne(field, event.target),
        keydown: (event) => moveOn(event, place),
        paste: (event) => pasted(event, place),
      },
    });
    inputs.set(field.id, input);
    const change = el("td", { class: "change figures", data: { word: t("増減") } });
    changes.set(field.id, change);
    return el("tr", {},
      el("th", { scope: "row" },
        el("label", { for: input.id },
          field.letter ? el("span", { class: "letter", "aria-hidden": "true" }, field.letter) : null,
          el("span", {}, field.label), field.note ? el("span", { class: "small" }, `　${field.note}`) : null)),
      el("td", { class: "entry" }, input, el("p", { class: "error", id: `${fieldId(field.id)}-error`, hidden: true })),
      last ? [el("td", { class: "figures before", data: { word: t("前回") } }, formatFigure(last.values[field.id], field)), change] : null);
  };

  function checkOne(field, input) {
    const found = readFigure(input.value, field);
    if (found.error) showFieldError(field.id, found.error);
  }

  function moveOn(event, place) {
    const step = event.key === "Enter" || event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step || event.isComposing) return;
    event.preventDefault();
    const visible = fields.map((field) => inputs.get(field.id)).filter((input) => !input.closest("details:not([open])"));
    const next = visible[visible.indexOf(inputs.get(fields[place].id)) + step];
    if (next) { next.focus(); next.select(); } else if (step > 0) document.querySelector("[data-next]")?.focus();
  }

  function pasted(event, place) {
    const text = event.clipboardData.getData("text/plain");
    if (!isColumn(text)) return;
    event.preventDefault();
    put(parseRows(text, { isPasted: true }), place);
  }

  function put(rows, place = 0, before = "") {
    const { filled, faults } = fillFields(fields, rows, place);
    for (const [id, text] of Object.entries(filled)) {
      typed[id] = text;
      inputs.get(id).value = text;
      showFieldError(id, "");
      checkOne(fields.find((field) => field.id === id), inputs.get(id));
      inputs.get(id).closest("details")?.setAttribute("open", "");
    }
    changed();
    refresh();
    const many = Object.keys(filled).length;
    const sentence = before + (many ? t`${many}か所に入れました。用紙と照らして確かめてください。` : t("どの欄にも入れていません。"));
    told(sentence, faults.join(" "));
    announce([sentence, ...faults].join(" "));
  }

  const part = (group) => fields.map((field, place) => [field, place]).filter(([field]) => field.group === group);
  const head = (caption) => el("thead", {}, el("tr", {},
    el("th", { scope: "col" }, caption), el("th", { scope: "col" }, t("今回")),
    last ? [el("th", { scope: "col" }, t("前回")), el("th", { scope: "col" }, t("増減"))] : null));
  const table = (group, caption) => (part(group).length
    ? el("table", { class: "sheet" }, head(caption), el("tbody", {}, part(group).map(([field, place]) => row(field, place))))
    : null);

  const reasons = part("reasons").length
    ? el("details", { class: "reasons", open: part("reasons").some(([field]) => typed[field.id]) },
      el("summary", {}, t("無効投票の理由別の内訳（任意）")), table("reasons", t("理由")))
    : null;
  const element = el("div", { class: "sheet-part" },
    table("ballot", form.name === "tally" ? t("候補者・名簿・裁判官（届出順）") : t("男女別")),
    table("totals", form.name === "tally" ? t("開票録の欄") : t("投票の方法別")), reasons);
  refresh();
  return { element, sums, put, fields, inputs };
}

const formatChange = (field, now, before) => (now === undefined || before === undefined ? "" : formatDifference(now - before, field));

function showSums(place, form, book, draft, values) {
  const parts = [];
  if (form.name === "tally" && book.kind !== "justices") {
    parts.push(el("p", { class: "running" }, el("span", { class: "letter", "aria-hidden": "true" }, "A"), t("得票の合計 "),
      el("strong", { class: "figures" }, formatFigure(runningSum(book, values), { votes: true }))));
  }
  if (form.name === "turnout") parts.push(...turnoutSums(values));
  parts.push(el("ul", { class: "identities" }, form.identities(book, values, draft).map(identityRow)));
  fill(place, parts);
}

function turnoutSums(values) {
  const electors = (values["electors/male"] ?? 0) + (values["electors/female"] ?? 0);
  const voters = (values["voters/male"] ?? 0) + (values["voters/female"] ?? 0);
  const hundredths = electors ? Math.floor((voters * 20_000 + electors) / (2 * electors)) : 0;
  const rate = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}％`;
  return [[t("有権者数の計"), formatFigure(electors)], [t("投票者数の計"), formatFigure(voters)], [t("投票率"), electors ? rate : "—"]].map(([word, figure]) =>
    el("p", { class: "running" }, `${word} `, el("strong", { class: "figures" }, figure)));
}

const MARKS = { open: "…", true: "✓", false: "✗" };
const WORDS = { open: t("入力待ち"), true: t("合っています"), false: t("合いません") };

function identityRow(found) {
  return el("li", { class: `identity identity-${found.state}`, data: { identity: found.id } },
    el("span", { class: "identity-mark", "aria-hidden": "true" }, MARKS[found.state]),
    el("span", { class: "identity-text" }, found.text),
    el("span", { class: "identity-word" }, found.state === "false"
      ? t`差 ${formatDifference(found.difference, found.how)}（記載 ${formatFigure(found.stated, found.how)}・計算 ${formatFigure(found.computed, found.how)}）`
      : WORDS[found.state]));
}

/** A button to read a file into the sheet; CSV is read here, workbooks by the server. */
export function fileField(put, tell) {
  const input = el("input", { type: "file", id: "file", accept: ".csv,.tsv,.txt,.xlsx,.xls,.ods", on: { change: () => loadFile(input, put, tell) } });
  return el("details", { class: "file" }, el("summary", {}, t("表計算から取り込む（貼り付け・CSV・xlsx）")),
    el("div", { class: "field" },
      el("p", {}, t("表計算の列を写して、下の表の欄に貼り付けると、下へ順に入ります。")),
      el("label", { for: "file" }, t("ファイルから読み込む")),
      el("p", { class: "small" }, t("1列目に氏名か欄の名前、となりに数字。読み込んでも、まだ何も送られません。")), input));
}

async function loadFile(input, put, tell) {
  const [file] = input.files;
  if (!file) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  tell("", "");
  try {
    const found = /\.(xlsx|xls|ods)$/i.test(file.name) ? await readWorkbook(bytes) : { rows: parseRows(decodeText(bytes)), others: [] };
    if (!found.rows.length) throw new Error(t("ファイルに何も入っていません。正しいファイルか確かめてください。"));
    put(found.rows, 0, found.others.length ? otherSheetsSentence(found) : "");
  } catch (error) {
    tell("", error.message);
  }
  input.value = "";
}

const otherSheetsSentence = ({ sheet, others }) => t`先頭のシート「${sheet}」を読みました。ほかのシート（${others.join(t("、"))}）は読んでいません。`;

async function readWorkbook(bytes) {
  let answer;
  try {
    answer = await fetch("/centre/data/rows", { method: "POST", body: bytes, credentials: "omit", headers: { "content-type": "application/octet-stream" } });
  } catch {
    throw new Error(t("回線がないため xlsx は読めません。CSV で保存し直すか、表からコピーして貼り付けてください。"));
  }
  const body = await answer.json();
  if (!answer.ok) throw new Error(problemSentence(body));
  return body;
}
