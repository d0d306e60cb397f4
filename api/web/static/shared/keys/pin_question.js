// Keys of an older device, which have no PIN: they go on signing, and their persons are asked to replace them.

import { el } from "../dom.js";
import { t } from "../language.js";

let isPutOff = false;

/**
 * Ask for a PIN where keys that sign have none; null where all have one, or where it was put off since the page
 * was opened.
 *
 * @param {Pick<DeviceKey, "label" | "locked" | "state">[]} keys Of this device, for its office.
 */
export function pinQuestion(keys) {
  const bare = keys.filter(({ state, locked }) => state === "active" && !locked);
  if (!bare.length || isPutOff) return null;
  const part = el(
    "div",
    { class: "notice notice-warning", id: "pin-question", role: "note" },
    el("p", {}, el("strong", {}, t`暗証番号のない鍵があります：${bare.map(({ label }) => label).join(t("、"))}`)),
    el(
      "p",
      {},
      t(
        "このままでも署名できますが、この端末を使う人はだれでもその鍵で署名できます。暗証番号のある新しい鍵に替えますか。",
      ),
    ),
    el(
      "p",
      { class: "actions" },
      el("a", { class: "button", href: "#/device" }, t("「端末と鍵」で替える")),
      el(
        "button",
        {
          type: "button",
          on: {
            click: () => {
              isPutOff = true;
              part.remove();
              document.querySelector("h1")?.focus();
            },
          },
        },
        t("あとで"),
      ),
    ),
  );
  return part;
}
