// A double press is one press: its second half never hits what the first half brought up.

/** @type {EventTarget | null} */
let firstTarget = null;

/** @param {Element} element */
const isGone = (element) => !element.isConnected || !(element.checkVisibility?.() ?? true);

addEventListener(
  "click",
  (event) => {
    if (event.detail < 2) {
      firstTarget = event.target;
      return;
    }
    if (!(firstTarget instanceof Element && isGone(firstTarget))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
