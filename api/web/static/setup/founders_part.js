// Keys of who founds the election: of the office that manages it on this device, of another one on a device of its own.

import { codeDrawing } from "../shared/code_drawing.js";
import { election, environment, readJson } from "../shared/connection.js";
import { el } from "../shared/dom.js";
import { keyidLine } from "../shared/keys/key_fingerprint.js";
import { keyForm } from "../shared/keys/key_form.js";
import { localizedPath, t } from "../shared/language.js";
import { getAll, loadSetting, saveSetting } from "../shared/store.js";
import { findApplications, linkWord } from "./applications.js";

/** @typedef {{ keyid: string, public_key: string, proof: string, label: string }} FounderKey */
/** @typedef {Map<string, FounderKey[]>} FoundersKeys Office -> as many keys as it founds with. */

const PERSONS = [t("担当1"), t("担当2")];
const TAKEN = "founders-keys";

/** Other founders that are waited for. @type {string[]} */
let awaited = [];

/**
 * Keys made here, in the order in which they were made, and those taken from other devices.
 *
 * @param {FoundingOffice[]} founders
 * @returns {Promise<FoundersKeys>}
 */
export async function foundersKeys(founders) {
  const made = (await getAll("keys")).sort((a, b) => (a.made_at < b.made_at ? -1 : 1));
  /** @type {Record<string, FounderKey[]>} */
  const taken = (await loadSetting(TAKEN)) ?? {};
  const all = founders.map(({ id, persons }) => {
    const own = [...made.filter((key) => key.office === id), ...(taken[id] ?? [])];
    return /** @type {[string, FounderKey[]]} */ ([id, own.slice(0, persons)]);
  });
  awaited = founders.filter(({ manages }) => !manages).map(({ id }) => id);
  return new Map(all);
}

/** What has come for other founders: read again and again until it says something else. */
export async function awaitedApplications() {
  const found = await Promise.all(awaited.map(async (office) => findApplications(await linkWord(office), office)));
  return JSON.stringify(found.flat().map(({ keyid }) => keyid));
}

/**
 * A person of the office that manages the election: makes a key here, or has one.
 *
 * @param {string} office
 * @param {number} place
 * @param {FounderKey[]} keys
 * @param {() => Promise<void>} made
 */
export function personCard(office, place, keys, made) {
  const person = PERSONS[place] ?? t`担当${place + 1}`;
  const key = keys[place];
  if (key)
    return el(
      "li",
      { data: { keyid: key.keyid } },
      el("h2", { class: "plain" }, key.label),
      keyidLine(key.keyid),
      el("p", { class: "small" }, t("この番号を書き留めておきます。鍵はこの端末の外に出ません。")),
    );
  if (place > keys.length) return el("li", {}, el("h2", { class: "plain" }, person), el("p", {}, t("次の人です。")));
  return el(
    "li",
    {},
    el("h2", { class: "plain" }, person),
    keyForm({
      office,
      word: t("この人の鍵を作る"),
      hint: place ? t("一人目とは別の人が、自分で押してください。") : t("担当1、担当2 など。氏名は記録に入りません。"),
      wrong: t("もう一人と違う呼び名を入れてください。"),
      called: person,
      taken: /** @type {DeviceKey[]} */ (keys),
      isPrimary: true,
      made,
    }),
  );
}

/**
 * Another office that founds the election: a link for its device, and the key that comes back.
 *
 * @param {FoundingOffice} office
 * @param {FounderKey[]} keys
 * @param {() => Promise<void>} made
 */
export async function otherFounder(office, keys, made) {
  const known = new Set(keys.map(({ keyid }) => keyid));
  const word = await linkWord(office.id);
  const come = (await findApplications(word, office.id)).filter(({ keyid }) => !known.has(keyid));
  const isComplete = keys.length >= office.persons;
  return el(
    "section",
    { class: "founder", data: { founder: office.id } },
    el("h2", {}, t`ともに始めるもう一つの機関：${office.name}`),
    keys.map(({ keyid }) => keyidLine(keyid, { data: { keyid } })),
    isComplete
      ? null
      : [
          el("p", {}, t`${office.name}の端末で、このリンクかコードを開きます。鍵を作ると、ここに届きます。`),
          come.map((application) => comeApplication(office, application, made)),
          await linkPart(office, word),
        ],
  );
}

/**
 * @param {FoundingOffice} office
 * @param {string} word
 */
async function linkPart({ id, name }, word) {
  const query = `?election=${election}&environment=${environment}`;
  const path = localizedPath(`/setup/key${query}`);
  const address = `${location.origin}${path}#${id}.${word}.${encodeURIComponent(name)}`;
  const rows = await readJson(`/centre/data/code.json?text=${encodeURIComponent(address)}`).catch(() => null);
  return [
    rows ? codeDrawing(rows, t`${name}の端末で開くコード`) : null,
    el("p", { class: "address" }, el("a", { href: address, class: "join-link" }, address)),
  ];
}

/**
 * @param {FoundingOffice} office
 * @param {{ keyid: string, public_key: string, proof: string }} application
 * @param {() => Promise<void>} made
 */
function comeApplication(office, { keyid, public_key, proof }, made) {
  const take = async () => {
    const taken = (await loadSetting(TAKEN)) ?? {};
    taken[office.id] = [...(taken[office.id] ?? []), { keyid, public_key, proof, label: office.name }];
    await saveSetting(TAKEN, taken);
    await made();
  };
  return el(
    "div",
    { class: "notice", data: { application: keyid } },
    el("p", {}, el("strong", {}, t("鍵の申請が届きました。"))),
    keyidLine(keyid),
    el("p", {}, t`${office.name}と、電話で番号を読み合わせてください。`),
    el("button", { type: "button", class: "primary", on: { click: take } }, t("番号を確かめて加える")),
  );
}
