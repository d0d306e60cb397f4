// A double press is one press: its second half never hits what the first half brought up.

let pressed = null;

const isGone = (element) => !element.isConnected || !(element.checkVisibility?.() ?? true);

addEventListener("click", (event) => {
  if (event.detail < 2) { pressed = event.target; return; }
  if (!pressed || !isGone(pressed)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
