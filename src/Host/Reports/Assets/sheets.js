// The samples over time: the slider shows one sheet, the button plays them.
"use strict";

function showSheets(viewer) {
  const slider = viewer.querySelector("input");
  if (!slider) return;
  const [sheets, output, play] = [[...viewer.querySelectorAll(".sheet")], viewer.querySelector("output"), viewer.querySelector(".play")];
  let playing = 0;
  const show = position => {
    sheets.forEach((sheet, index) => { sheet.hidden = index !== position; });
    output.textContent = `${position + 1} / ${sheets.length}`;
    slider.value = position;
    slider.setAttribute("aria-valuetext", sheets[position].querySelector("figcaption").textContent);
  };
  const stop = () => {
    clearInterval(playing);
    playing = 0;
    play.setAttribute("aria-pressed", "false");
  };
  const step = () => {
    const next = Number(slider.value) + 1;
    if (next < sheets.length) show(next);
    if (next >= sheets.length - 1) stop();
  };
  slider.addEventListener("input", () => {
    stop();
    show(Number(slider.value));
  });
  play.addEventListener("click", () => {
    if (playing) return stop();
    if (Number(slider.value) === sheets.length - 1) show(0);
    play.setAttribute("aria-pressed", "true");
    playing = setInterval(step, Math.max(120, Math.min(600, 8000 / sheets.length)));
  });
  show(sheets.length - 1);
}
