// The image of the paper sheet: only its digest is sent, so that the paper can be held against it.
import { el, labelledField, showFieldError } from "../shared/dom.js";
import { t } from "../shared/language.js";
import { sha256Hex } from "../shared/signing/envelope.js";

/**
 * A field for the image; the digest of what is chosen stays with the draft.
 *
 * @param {ReportFlow} flow
 */
export function scanField(flow) {
  const { draft, changed } = flow;
  const told = el("p", { class: "small", id: "scan-told", role: "status" });
  const tell = () => {
    told.textContent = draft.scan_sha256 ? t`要約値 ${draft.scan_sha256}` : "";
  };
  const input = el("input", {
    type: "file",
    accept: "image/*,.pdf",
    on: {
      change: () => {
        flow.scan = take();
      },
    },
  });
  async function take() {
    const file = input.files?.[0];
    draft.scan_sha256 = "";
    showFieldError("scan", "");
    let digest = "";
    try {
      if (file) digest = await sha256Hex(await file.arrayBuffer());
    } catch {
      showFieldError("scan", t("画像を読めません。もう一度選んでください。"));
    }
    // A large image that was chosen first may be read after a small one that was chosen last.
    if (input.files?.[0] !== file) return;
    draft.scan_sha256 = digest;
    tell();
    changed();
  }
  tell();
  return [
    labelledField("scan", t("用紙の画像（任意）"), input, {
      hint: t(
        "画像は送りません。画像の要約値（SHA-256）だけを公開の記録に付けます。画像はこのまま変えずに保管してください。",
      ),
    }),
    told,
  ];
}
