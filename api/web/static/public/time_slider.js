// The slider through the night: says which moment a position was.
import { requireElement } from "../shared/elements.js";

const slider = requireElement("at", HTMLInputElement);
const momentLabel = requireElement("at-moment");
const moments = (slider.dataset.moments ?? "").split("|").map((mark) => {
  const [position, ...moment] = mark.split(" ");
  return { start: Number(position), moment: moment.join(" ") };
});

slider.addEventListener("input", () => {
  const position = Number(slider.value);
  const passed = moments.filter(({ start }) => start <= position);
  const { moment } = passed[passed.length - 1] ?? moments[0];
  momentLabel.textContent = `${position.toLocaleString("ja-JP")}　${moment} –`;
});
