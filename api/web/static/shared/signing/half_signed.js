// A posting that one person signed, on its way to the device of the second one: both sign the very same bytes.
//
// The bytes with their link to the posting before travel as text or as a file; whoever has them can read what was
// typed, and can post nothing, as the second signature is missing.
import { election, environment } from "../connection.js";
import { decodeBase64 } from "./base64.js";
import { canonicalJson } from "./canonical_json.js";
import { isKeyidRight, pae, payloadType, sha256Hex, signEnvelope, signPayload, utf8 } from "./envelope.js";
import { lastLink } from "./office_chain.js";

const KIND = "half-signed";

/**
 * The text for the other device.
 *
 * @param {Submission} submission
 * @param {SigningKey & { public_key: string }} key
 */
export async function makeHalfSigned(submission, key) {
  const link = await lastLink(submission.office);
  const linked = {
    ...submission,
    sequence: link.sequence + 1,
    ...(link.sha256 ? { previous_sha256: link.sha256 } : {}),
  };
  const { text } = await signEnvelope(linked, [key]);
  return JSON.stringify({ kaihyo: KIND, public_key: key.public_key, envelope: JSON.parse(text) }, null, 1);
}

/**
 * What another device signed; null where it is cut off, changed, of another election, or not signed by the key it names.
 *
 * @param {string} text
 * @returns {Promise<HalfSigned | null>}
 */
export async function parseHalfSigned(text) {
  try {
    const { kaihyo, public_key, envelope } = JSON.parse(text);
    const [{ keyid, sig }] = envelope.signatures;
    const body = decodeBase64(envelope.payload);
    const json = new TextDecoder("utf-8", { fatal: true }).decode(body);
    const submission = JSON.parse(json);
    const isWhole =
      kaihyo === KIND &&
      envelope.signatures.length === 1 &&
      canonicalJson(submission) === json &&
      envelope.payloadType === payloadType(submission.command.command) &&
      submission.election === election &&
      submission.environment === environment &&
      (await isKeyidRight({ keyid, public_key }));
    if (!isWhole) return null;
    const half = await crypto.subtle.importKey("raw", decodeBase64(public_key), { name: "Ed25519" }, false, ["verify"]);
    const message = pae(envelope.payloadType, body);
    if (!(await crypto.subtle.verify({ name: "Ed25519" }, half, decodeBase64(sig), message))) return null;
    return { submission, keyid, sha256: await sha256Hex(utf8(json)), envelope };
  } catch {
    return null;
  }
}

/** What a command says that the page of the second person shows; one that says more is not signed here. */
const SHOWN = new Set(
  "command contest unit as_of final tally figures ballot_sha256 supersedes reason remark one_entry typists answers".split(
    " ",
  ),
);

/** What a posting says around its command; one that says more is not signed here. */
const AROUND = new Set(
  "election environment office submission_id sequence previous_sha256 command on_behalf scan_sha256".split(" "),
);

/**
 * Whether the page can show all that is signed: the names on its sheet are those of the ballot that was signed.
 *
 * @param {Submission} submission
 * @param {{ own: boolean, ballot_sha256?: string }} book
 */
export function isAllShown(submission, book) {
  const { command, on_behalf = false } = /** @type {any} */ (submission);
  return (
    Object.keys(submission).every((each) => AROUND.has(each)) &&
    Object.keys(command).every((each) => SHOWN.has(each)) &&
    on_behalf === !book.own &&
    !(command.tally && command.figures) &&
    (!command.tally || command.ballot_sha256 === book.ballot_sha256)
  );
}

/**
 * The whole envelope: the second signature is of the bytes that the first one signed.
 *
 * @param {HalfSigned} half
 * @param {SigningKey} key
 */
export async function completeHalfSigned({ envelope }, key) {
  const { payloadType: type, payload, signatures } = envelope;
  const second = { keyid: key.keyid, sig: await signPayload(key, type, decodeBase64(payload)) };
  return JSON.stringify({ payload, payloadType: type, signatures: [...signatures, second] });
}
