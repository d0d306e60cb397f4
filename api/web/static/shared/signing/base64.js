// Bytes in base64, the spelling that envelopes and notes use (RFC 4648, section 4).

/** @param {Uint8Array<ArrayBuffer>} bytes */
export function toBase64(bytes) {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** @param {string} base64 */
export const decodeBase64 = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
