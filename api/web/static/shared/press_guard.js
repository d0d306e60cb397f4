// A double press is one press: its second half never hits what the first half brought up.

let firstTarget = null;

const isGone = (element) => !element.isConnected || !(element.checkVisibility?.() ?? true);

addEventListener("click", (event) => {
  if (event.detail < 2) { firstTarget = event.target; return; }
  if (!firstTarget || !isGone(firstTarget)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
