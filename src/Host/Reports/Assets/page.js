// Puts life into the page, which can be read without.
"use strict";

for (const viewer of document.querySelectorAll(".sheets")) showSheets(viewer);
drawCharts(JSON.parse(document.getElementById("data").textContent));

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    // A page from a disk may not always write to the clipboard: the text is selected in any case.
    getSelection().selectAllChildren(source);
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Selected: press Ctrl+C";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
}
