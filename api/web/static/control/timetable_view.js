// The timetable as a form on the board.
import { el, errorSummary, fill, labelledField, showFieldError } from "../shared/dom.js";
import { requireElement } from "../shared/elements.js";
import { t } from "../shared/language.js";
import { timetableErrors } from "./timetable.js";

/**
 * The timetable, and a form to set another; `save` is given what was typed once it can be one.
 *
 * @param {Timetable} timetable
 * @param {(wanted: Timetable) => unknown} save
 */
export function timetablePart(timetable, save) {
  /**
   * @param {keyof Timetable} name
   * @param {string} type
   */
  const input = (name, type) =>
    el("input", { type, value: String(timetable[name]), on: { input: () => showFieldError(name, "") } });
  const inputs = {
    first: input("first", "time"),
    interval: input("interval", "number"),
    grace: input("grace", "number"),
    final_by: input("final_by", "time"),
  };
  /** @param {any} event */
  const act = (event) => {
    event.preventDefault();
    const wanted = {
      first: inputs.first.value,
      interval: Number(inputs.interval.value),
      grace: Number(inputs.grace.value),
      final_by: inputs.final_by.value,
    };
    const errors = timetableErrors(wanted);
    for (const name of Object.keys(inputs)) showFieldError(name, errors[name]);
    fill(requireElement("timetable-errors"), errorSummary(errors));
    if (!Object.keys(errors).length) save(wanted);
  };
  return el(
    "details",
    { class: "timetable" },
    el(
      "summary",
      {},
      t`時刻表：第1報 ${timetable.first}、以後${timetable.interval}分ごと、猶予${timetable.grace}分、確定の目安 ${timetable.final_by}`,
    ),
    el(
      "form",
      { novalidate: true, class: "filters", on: { submit: act } },
      el("div", { id: "timetable-errors" }),
      labelledField("first", t("第1報の時刻"), inputs.first),
      labelledField("interval", t("報告の間隔（分）"), inputs.interval),
      labelledField("grace", t("猶予（分）"), inputs.grace),
      labelledField("final_by", t("確定の目安の時刻"), inputs.final_by),
      el("p", { class: "actions" }, el("button", { type: "submit" }, t("この時刻表で見る"))),
    ),
  );
}
