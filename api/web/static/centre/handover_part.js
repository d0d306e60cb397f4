// The first person has signed: the text for the device of the second one, who signs there.

import { el, fill } from "../shared/dom.js";
import { requireElement } from "../shared/elements.js";
import { t } from "../shared/language.js";

/**
 * What is handed over, and how. The entry stays on this device until its person discards it.
 *
 * @param {string} text
 * @param {() => void} back
 */
export function handoverPart(text, back) {
  const told = el("p", { class: "small", role: "status" });
  const copy = async () => {
    // A browser may forbid it, or a page without a secure connection have no clipboard.
    const isCopied = await Promise.resolve(navigator.clipboard?.writeText(text).then(() => true)).catch(() => false);
    fill(
      told,
      isCopied
        ? t("写しました。もう一人の端末で貼り付けてください。")
        : t("写せませんでした。「ファイルに保存する」を使ってください。"),
    );
  };
  const file = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  return el(
    "section",
    { id: "handover", "aria-labelledby": "handover-title" },
    el("h2", { id: "handover-title", tabindex: "-1" }, t("一人目が署名しました。まだ送っていません")),
    el(
      "p",
      {},
      t(
        "この文かファイルを、もう一人の端末の「開票区」にある「別の端末で一人目が署名した報告に署名する」で開きます。二人は同じ内容に署名します。",
      ),
    ),
    el("pre", { tabindex: "0", class: "application" }, text),
    el(
      "p",
      { class: "actions" },
      el("button", { type: "button", class: "primary", on: { click: copy } }, t("写す")),
      el("a", { class: "button", href: file, download: "half-signed.json" }, t("ファイルに保存する")),
      el("button", { type: "button", on: { click: back } }, t("入力に戻る")),
    ),
    told,
    el(
      "p",
      { class: "small" },
      t(
        "もう一人が送るまでに、この機関がほかの報告を送ると、この署名は使えなくなります。そのときは初めから署名し直します。",
      ),
    ),
  );
}

/** @param {HTMLElement} part */
export function showHandover(part) {
  fill(requireElement("page").querySelector(".step") ?? requireElement("page"), part);
  requireElement("handover-title").focus();
}
