// A view, or what to do where it cannot be put together: no page stays silently as it was.
import { el } from "./dom.js";
import { t } from "./language.js";

/**
 * A sentence in the place of a view, and a way to try `again`.
 *
 * @param {string} title
 * @param {string} kind
 * @param {string} sentence
 * @param {Reload} again
 */
export const noticePage = (title, kind, sentence, again) => [
  el("h1", {}, title),
  el("p", { class: `notice ${kind}`, role: "alert" }, sentence),
  el(
    "p",
    { class: "actions" },
    el("button", { type: "button", class: "primary", on: { click: () => again() } }, t("もう一度表示する")),
  ),
];

/**
 * What `make` gives; where it fails, a sentence and a way to try `again`.
 *
 * @param {() => Promise<Child>} make
 * @param {Reload} again
 */
export async function renderOrNotice(make, again) {
  try {
    return await make();
  } catch (error) {
    console.error(error);
    return noticePage(
      t("表示できません"),
      "notice-error",
      t(
        "サーバーかこの端末の保存場所を読めませんでした。入力したものと送信待ちの投稿は、この端末に残っています。少し待って、もう一度表示してください。",
      ),
      again,
    );
  }
}
