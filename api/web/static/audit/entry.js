// One entry: its inclusion proof, verified here.

import { requireElement } from "../shared/elements.js";
import { Verifier } from "../shared/signing/log_verifier.js";
import { localized, showFailure, showVerdict } from "./verdict.js";

const box = requireElement("proof");

try {
  const { signed } = await new Verifier(box.dataset.election ?? "").entry(Number(box.dataset.entry));
  showVerdict(
    box,
    true,
    localized(
      `この記録は、署名された ${signed.size.toLocaleString()} 件の木に、この位置で入っています。`,
      `This entry is at this place in the signed tree of ${signed.size.toLocaleString()} entries.`,
    ),
  );
} catch (error) {
  showFailure(box, error);
}
