// The answer form as a spreadsheet: taken along, filled in anywhere, and read back into the fields.
import { announce, el } from "../shared/dom.js";
import { t } from "../shared/language.js";
import { requireOfficeData } from "../shared/office_data.js";
import { sessionHeaders } from "../shared/signing/office_session.js";
import { BASE, fillDraft } from "./answers.js";

/**
 * Links and a field for the answer form; `put` takes what it said of this unit.
 *
 * @param {AnswerFlow} flow
 * @param {(filled: FilledForm) => void} put
 */
export function formFile(flow, put) {
  const told = el("p", { class: "small", id: "file-told", role: "status" });
  const error = el("p", { class: "error", id: "file-error", role: "alert", hidden: true });
  const input = el("input", {
    type: "file",
    id: "file",
    accept: ".xlsx,.xls,.ods,.csv",
    "aria-describedby": "file-error",
    on: { change: () => load() },
  });
  /** @param {string} sentence */
  const tell = (sentence, wrong = "") => {
    told.textContent = sentence;
    error.textContent = wrong;
    error.hidden = !wrong;
    announce(wrong || sentence);
  };

  async function load() {
    const file = input.files?.[0];
    if (!file) return;
    try {
      tell(await takeAnswers(flow, await readForm(flow.survey, file), put));
    } catch (wrong) {
      tell("", wrong instanceof Error ? wrong.message : String(wrong));
    }
    input.value = "";
  }

  const address = `${BASE}/${flow.survey}/form.xlsx?unit=${encodeURIComponent(flow.unit)}`;
  const every = requireOfficeData().office.units;
  return el(
    "details",
    { class: "form-file" },
    el("summary", {}, t("表計算の回答票を使う")),
    el(
      "p",
      {},
      el("a", { href: address, download: `${flow.survey}-${flow.unit}.xlsx` }, t("回答票（xlsx）を保存する")),
      every.length > 1
        ? [
            "　",
            el(
              "a",
              {
                href: `${BASE}/${flow.survey}/form.xlsx?${every.map((unit) => `unit=${unit}`).join("&")}`,
                download: `${flow.survey}.xlsx`,
              },
              t`${every.length}開票区をまとめた回答票`,
            ),
          ]
        : null,
    ),
    el(
      "div",
      { class: "field file" },
      el("label", { for: "file" }, t("回答票を読み込む（xlsx・CSV）")),
      el("p", { class: "small" }, t("読み込んでも、まだ何も送られません。前回の選挙の回答票も読み込めます。")),
      input,
      error,
    ),
    told,
  );
}

/**
 * What a filled-in form says, unit by unit, as text; nothing is recorded.
 *
 * @param {string} survey
 * @param {File} file
 */
export async function readForm(survey, file) {
  let answer;
  try {
    answer = await fetch(`/surveys/data/read?survey=${encodeURIComponent(survey)}`, {
      method: "POST",
      body: file,
      credentials: "omit",
      headers: {
        "content-type": "application/octet-stream",
        accept: "application/json",
        ...(await sessionHeaders()),
      },
    });
  } catch {
    throw new Error(t("回線がないため回答票を読めません。表の回答の列を写して、最初の欄に貼り付けてください。"));
  }
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail);
  return body.answers;
}

/**
 * @param {AnswerFlow} flow
 * @param {FilledForm[]} answers
 * @param {(filled: FilledForm) => void} put
 */
async function takeAnswers(flow, answers, put) {
  const mine = answers.find((each) => each.unit === flow.unit);
  const others = answers.filter(
    (each) => each.unit !== flow.unit && requireOfficeData().office.units.includes(each.unit),
  );
  for (const each of others) await fillDraft(flow.survey, each, true);
  if (!mine && !others.length)
    throw new Error(
      t`この回答票は${answers.map((each) => each.unit).join(t("、"))}のものです。${flow.unit}の回答票を選んでください。`,
    );
  if (mine) put(mine);
  const sentences = [
    mine ? t`${Object.keys(mine.texts).length}か所に入れました。確かめて「次へ」を押してください。` : "",
    others.length ? t`ほかの${others.length}開票区の回答も下書きに入れました。` : "",
  ];
  return sentences.join("");
}
