// Sounds and the title of the window: they say what came in or is late to people who look elsewhere.
import { announce, el } from "../shared/dom.js";
import { formatFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { loadSetting, saveSetting } from "../shared/store.js";
import { isUnanswered } from "./waiting.js";

const TITLE = document.title;
const NAMES_TOLD = 3;
/** @type {Record<string, number[]>} */
const TONES = { final: [660, 880], late: [330, 262], unanswered: [523, 523] };
const TONE_SECONDS = 0.18;
const VOLUME = 0.15;

/** @type {Record<string, (row: BoardRow) => boolean>} */
const TESTS = {
  final: (row) => row.state === "final",
  late: (row) => Boolean(row.late),
  unanswered: isUnanswered,
};

/** @type {Record<string, string>} */
const WORDS = { final: t("確定が届きました"), late: t("報告が遅れています"), unanswered: t("照会に回答がありません") };

const sound = { isOn: false, last: "" };
/** @type {AudioContext | undefined} */
let context;
/** @type {Record<string, Set<string>> | null} */
let known = null;

/** Read whether this device sounds. */
export const loadAlerts = async () => {
  sound.isOn = Boolean(await loadSetting("sounds"));
};

/** The switch for sounds, and what sounded last. */
export function alertsPart() {
  return el(
    "p",
    { class: "alerts" },
    el(
      "label",
      {},
      el("input", {
        type: "checkbox",
        id: "sounds",
        checked: sound.isOn,
        on: {
          change: (event) => {
            sound.isOn = event.target.checked;
            saveSetting("sounds", sound.isOn);
            if (sound.isOn) play("final");
          },
        },
      }),
      t("音で知らせる（確定の到着・遅れ・未回答の照会）"),
    ),
    el("span", { id: "last-alert", class: "small", role: "status" }, sound.last),
  );
}

/**
 * Put what waits into the title, and sound what is new since the last look.
 *
 * @param {Iterable<BoardRow>} rows
 * @param {string} time
 */
export function tellNews(rows, time) {
  const all = [...rows];
  const now = Object.fromEntries(
    Object.entries(TESTS).map(([name, test]) => [name, new Map(all.filter(test).map((row) => [row.key, row]))]),
  );
  const parts = [
    now.final.size ? t`確認待ち${formatFigure(now.final.size)}` : "",
    now.late.size ? t`遅れ${formatFigure(now.late.size)}` : "",
    now.unanswered.size ? t`未回答${formatFigure(now.unanswered.size)}` : "",
  ].filter(Boolean);
  const title = parts.length ? `${parts.join(t("、"))}｜${TITLE}` : TITLE;
  if (document.title !== title) document.title = title;
  const before = known;
  known = Object.fromEntries(Object.entries(now).map(([name, found]) => [name, new Set(found.keys())]));
  if (!before) return;
  for (const [name, found] of Object.entries(now)) {
    const news = [...found.values()].filter((row) => !before[name].has(row.key));
    if (news.length) tell(name, news, time);
  }
}

/** Another office looks at other rows: what is there already is no news. */
export const forgetNews = () => {
  known = null;
};

/**
 * @param {string} name
 * @param {BoardRow[]} news
 * @param {string} time
 */
function tell(name, news, time) {
  const names = news.slice(0, NAMES_TOLD).map((row) => row.unit_name);
  const more = news.length > NAMES_TOLD ? t`ほか${formatFigure(news.length - NAMES_TOLD)}` : "";
  const list = names.join(t("、")) + more;
  sound.last = t`${time}　${WORDS[name]}：${list}`;
  const place = document.getElementById("last-alert");
  if (place) place.textContent = sound.last;
  else announce(sound.last);
  if (sound.isOn) play(name);
}

/** @param {string} name */
function play(name) {
  context ??= new AudioContext();
  // A browser lets nothing sound before somebody has touched the page.
  context.resume().catch(() => null);
  TONES[name].forEach((hertz, place) => {
    if (!context) return;
    const tone = context.createOscillator();
    const volume = context.createGain();
    volume.gain.value = VOLUME;
    tone.frequency.value = hertz;
    tone.connect(volume).connect(context.destination);
    const start = context.currentTime + place * TONE_SECONDS;
    tone.start(start);
    tone.stop(start + TONE_SECONDS);
  });
}
