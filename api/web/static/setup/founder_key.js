// What the link of another founding office opens on its device, before there is an election: it makes its key here.

import { election, environment } from "../shared/connection.js";
import { announce, el, fill, keepSkipLinkInPlace } from "../shared/dom.js";
import { requireElement } from "../shared/elements.js";
import { keyidLine } from "../shared/keys/key_fingerprint.js";
import { keyForm } from "../shared/keys/key_form.js";
import { localizedPath, t } from "../shared/language.js";
import { getAll, requestPersistence } from "../shared/store.js";
import "../shared/press_guard.js";
import { leaveApplication } from "./applications.js";
import { readOffer } from "./setup_data.js";

const LOOK_MS = 2000;
const LINK = /^#([a-z0-9][a-z0-9.-]{0,63})\.([0-9a-f]{32})\.(.+)$/;
const [, office = "", word = "", called = ""] = LINK.exec(location.hash) ?? [];
let isFounded = false;

async function draw() {
  const heading = el("h1", {}, t("設立する機関の鍵"));
  if (!office) {
    const cut = t("リンクが途中で切れています。もう一度、はじめから終わりまで開いてください。");
    fill(requireElement("page"), heading, el("p", { class: "notice notice-error" }, cut));
    return;
  }
  const keys = (await getAll("keys")).filter((key) => key.office === office);
  fill(
    requireElement("page"),
    heading,
    el("p", { class: "lead" }, t`この端末を「${decodeURIComponent(called)}」で使います。`),
    keys.map(keyPart),
    keys.length ? null : applicationPart(),
    isFounded ? startedPart() : null,
  );
}

/** @param {DeviceKey} key */
const keyPart = (key) =>
  el(
    "section",
    { class: "notice notice-done", data: { keyid: key.keyid } },
    el("h2", { class: "plain" }, key.label),
    keyidLine(key.keyid),
    el("p", {}, t("選挙を始める機関と、電話で番号を読み合わせてください。")),
    isFounded
      ? null
      : el("p", { role: "status" }, t("選挙が始まるのを待っています。この画面は開いたままにしておきます。")),
  );

const applicationPart = () =>
  keyForm({
    office,
    word: t("鍵を作って申請する"),
    hint: t("担当1、担当2 など。氏名は記録に入りません。"),
    wrong: t("もう一人と違う呼び名を入れてください。"),
    called: t("担当1"),
    isPrimary: true,
    made: async (key) => {
      const isLeft = await leaveApplication(word, key);
      announce(isLeft ? t("鍵を作り、申請しました。") : t("鍵を作りました。"));
      await draw();
    },
  });

const startedPart = () =>
  el(
    "p",
    { class: "actions" },
    el(
      "a",
      { class: "button primary", id: "to-join", href: `${localizedPath("/setup/join")}#${office}.${word}` },
      t("選挙が始まりました。この端末をつなぐ"),
    ),
  );

async function look() {
  if (isFounded) return;
  const { served } = await readOffer();
  isFounded = served.election === election && served.environment === environment;
  if (isFounded) await draw();
}

keepSkipLinkInPlace();
requestPersistence();
await draw();
document.body.dataset.ready = "true";
setInterval(() => look().catch(() => null), LOOK_MS);
addEventListener("hashchange", () => location.reload());
