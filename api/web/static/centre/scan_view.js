// The image of the paper sheet: only its digest is sent, so that the paper can be held against it.
import { el, field, mark } from "./dom.js";
import { sha256Hex } from "./envelope.js";
import { t } from "./words.js";

/** A field for the image; the digest of what is chosen stays with the draft. */
export function scanField({ draft, changed }) {
  const told = el("p", { class: "small", id: "scan-told", role: "status" });
  const tell = () => { told.textContent = draft.scan_sha256 ? t`要約値 ${draft.scan_sha256}` : ""; };
  const input = el("input", { type: "file", accept: "image/*,.pdf", on: { change: async () => {
    draft.scan_sha256 = "";
    mark("scan", "");
    try {
      const [file] = input.files;
      if (file) draft.scan_sha256 = await sha256Hex(await file.arrayBuffer());
    } catch {
      mark("scan", t("画像を読めません。もう一度選んでください。"));
    }
    tell();
    changed();
  } } });
  tell();
  return [field("scan", t("用紙の画像（任意）"), input, { hint: t("画像は送りません。画像の要約値（SHA-256）だけを公開の記録に付けます。画像はこのまま変えずに保管してください。") }), told];
}
