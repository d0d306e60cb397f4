// The signed state of the log, verified here.
import { Verifier, explain, hex, judge, say } from "./proof.js";

const box = document.getElementById("checkpoint");
const facts = document.getElementById("checkpoint-facts");

function row(word, value) {
  const line = document.createElement("div");
  const [term, description] = [document.createElement("dt"), document.createElement("dd")];
  term.textContent = word;
  description.textContent = value;
  line.append(term, description);
  return line;
}

try {
  const verifier = new Verifier(box.dataset.election);
  const [found, log] = [await verifier.checkpoint(), await verifier.log()];
  judge(box, true, say("署名は正しく、この記録の鍵によるものです。", "The signature fits and is by the key of this log."));
  facts.replaceChildren(
    row(say("記録の名前", "Origin"), found.origin),
    row(say("記録の数", "Entries"), found.size.toLocaleString()),
    row(say("木の根", "Root"), `${hex(found.root).slice(0, 24)}…`),
    row(say("鍵の指紋", "Fingerprint"), `${log.fingerprint.slice(0, 24)}…`),
  );
} catch (error) {
  explain(box, error);
}
