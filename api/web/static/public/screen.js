// A large screen: one panel after the other, until somebody stops it.
import { requireElement } from "../shared/elements.js";

const SECONDS = 12;
const button = requireElement("pause", HTMLButtonElement);
let current = 0;
let paused = false;

const panels = () => [...document.querySelectorAll(".panel")];

/** @param {number} next */
function show(next) {
  const all = panels();
  current = (next + all.length) % all.length;
  for (const [index, panel] of all.entries()) panel.classList.toggle("is-shown", index === current);
}

/** @param {boolean} stop */
function pause(stop) {
  paused = stop;
  button.setAttribute("aria-pressed", String(stop));
  button.textContent = (stop ? button.dataset.on : button.dataset.off) ?? "";
}

document.documentElement.classList.add("rotating");
button.hidden = false;
button.addEventListener("click", () => pause(!paused));
document.addEventListener("keydown", (event) => {
  if (event.key === "ArrowRight") show(current + 1);
  if (event.key === "ArrowLeft") show(current - 1);
  if (event.key === " " && event.target === document.body) pause(!paused);
});
document.addEventListener("kaihyo:fresh", () => show(current));
setInterval(() => paused || show(current + 1), SECONDS * 1000);
show(0);
