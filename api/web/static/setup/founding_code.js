// The one-time code that the server printed: out of the address that it printed, or typed.

const NAME = "kaihyo-founding-code";
const CODE = /^#([0-9a-f]{16})$/;

/** The code of this tab; empty where nobody has brought one. */
export const foundingCode = () => sessionStorage.getItem(NAME) ?? "";

/** @param {string} code */
export const keepFoundingCode = (code) => sessionStorage.setItem(NAME, code.trim().toLowerCase());

/** Take the code out of the address, so that it stays in no history and on no screenshot. */
export function takeFoundingCode() {
  const found = CODE.exec(location.hash);
  if (!found) return;
  keepFoundingCode(found[1]);
  history.replaceState(null, "", location.pathname + location.search);
}
