// A refusal of the server, brought to the field it is about.
import { isEnglish, t } from "../language.js";

/** @type {Record<string, string>} */
const SEX = { 男: "male", 女: "female" };
/** @type {Record<string, string>} */
const POLL = {
  全体: "voters",
  在外: "overseas_voters",
  在外の有権者: "overseas_electors",
  在外の投票者: "overseas_voters",
};
/** @type {Record<string, string>} */
const IDENTITY = { D: "valid", F: "ballots", I: "voters" };

/** @type {Record<string, (facts: any) => string>} */
const FIELDS = {
  "sheet-unbalanced": ({ identity }) =>
    identity.includes("≤") ? `no/${identity.split(":")[0]}` : IDENTITY[identity[0]],
  "votes-negative": ({ field }) => sheetField(field),
  "votes-not-whole": ({ field }) => `votes/${field}`,
  "voters-missing": () => "voters",
  "pools-unstated": () => "pools_unstated",
  "pool-votes-not-whole": ({ option }) => `votes/${option}`,
  "ballots-exceed-electors": () => "ballots",
  "invalid-reasons-unbalanced": () => "invalid",
  "count-went-backwards": () => "ballots",
  "report-older-than-last": () => "as_of",
  "count-already-final": () => "mode",
  "nothing-to-correct": () => "mode",
  "supersedes-another": () => "mode",
  "correction-changes-nothing": () => "mode",
  "candidate-unknown": ({ options }) => `votes/${options[0]}`,
  "candidate-missing": ({ options }) => `votes/${options[0]}`,
  "candidate-withdrawn": ({ option }) => `votes/${option}`,
  "turnout-already-final": () => "mode",
  "turnout-went-backwards": ({ field }) => `voters/${SEX[field]}`,
  "voters-exceed-electors": ({ field }) => {
    const [scope, sex] = field.split("・");
    return `${POLL[scope]}/${SEX[sex]}`;
  },
  "voters-by-method-unbalanced": () => "by_method/on_the_day",
  "signer-revoked": () => "signer0",
  "signer-not-approved": () => "signer0",
  "signed-twice": () => "signer1",
  "signatures-too-few": () => "signer1",
  "substitute-alone": () => "signer1",
  "command-malformed": ({ detail }) => malformedField(detail),
};

const TOTALS = new Set(["cut", "nobody", "valid", "invalid", "ballots", "taken_away", "rejected", "voters"]);

/** @param {string} name */
const sheetField = (name) => (TOTALS.has(name) ? name : `votes/${name}`);

function malformedField(detail = "") {
  const place = /\$\.command\.([a-z_.]+)/.exec(detail)?.[1] ?? "";
  if (place.startsWith("tally.")) return sheetField(place.slice(6).split(".")[0]);
  if (place.startsWith("figures.")) return place.slice(8).replace(".", "/");
  return place.split(".")[0];
}

/** Postings that wait for the office above, not for another figure: they stay in line. */
const WAITING = new Set(["election-paused", "counting-not-open"]);
/** The chain moved because another device of the office posted: sign again, send again. */
const CHAIN = new Set(["sequence-wrong", "chain-forked"]);

/** @param {Problem | null | undefined} problem */
export const refusalCode = (problem) => (problem?.type ?? "").split(":").at(-1) ?? "";
/** @param {Problem | null | undefined} problem */
export const isWaiting = (problem) => WAITING.has(refusalCode(problem));
/** @param {Problem | null | undefined} problem */
export const isChainMoved = (problem) => CHAIN.has(refusalCode(problem));

/**
 * What a problem says to people.
 *
 * @param {Problem | null | undefined} problem
 */
export function problemSentence(problem) {
  if (!problem) return "";
  if (!isEnglish) return problem.detail ?? "";
  const facts = Object.entries(problem.facts ?? {}).map(([name, fact]) => `${name}: ${fact}`);
  return facts.length ? `${problem.title} (${facts.join("; ")})` : (problem.title ?? "");
}

/**
 * { field, sentence }: the field is "" where the whole posting is refused.
 *
 * @param {Problem | null | undefined} problem
 */
export function locateProblem(problem) {
  const find = FIELDS[refusalCode(problem)];
  const sentence = problemSentence(problem) || t("受け付けられませんでした。内容を確かめて送り直してください。");
  if (!find) return { field: "", sentence };
  try {
    return { field: find(problem?.facts ?? {}) ?? "", sentence };
  } catch {
    return { field: "", sentence };
  }
}
