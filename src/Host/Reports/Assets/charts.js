// All charts of the page. They show one range of iterations and one cursor.
"use strict";

class View {
  constructor(last) {
    Object.assign(this, { last, charts: [], min: 0, max: last });
  }

  set(min, max) {
    const width = Math.max(Math.min(max - min, this.last), Math.min(2, this.last));
    this.min = Math.min(Math.max(0, min), this.last - width);
    this.max = this.min + width;
    this.charts.forEach(chart => chart.look());
    document.documentElement.dataset.view = `${Math.round(this.min)}-${Math.round(this.max)}`;
  }

  all() {
    this.set(0, this.last);
  }

  // By what factor the range grows, and by what part of itself it moves.
  move(factor, shift) {
    const [middle, width] = [(this.min + this.max) / 2, this.max - this.min];
    const centre = middle + shift * width;
    this.set(centre - width * factor / 2, centre + width * factor / 2);
  }
}

function drawCharts(run) {
  const view = new View(run.iterations);
  const moves = { in: [0.5, 0], out: [2, 0], left: [1, -0.25], right: [1, 0.25] };
  for (const figure of document.querySelectorAll("[data-chart]"))
    view.charts.push(new Chart(figure, run.charts[figure.dataset.chart], run, view));
  for (const tools of document.querySelectorAll(".tools")) {
    tools.hidden = false;
    for (const button of tools.querySelectorAll("[data-view]"))
      button.addEventListener("click", () => moves[button.dataset.view] ? view.move(...moves[button.dataset.view]) : view.all());
  }
  const redraw = () => view.charts.forEach(chart => chart.draw());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  document.documentElement.dataset.charts = view.charts.length;
}
