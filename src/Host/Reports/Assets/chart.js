// One chart: a uPlot with a legend of its own, whose entries are buttons and so work with keys.
"use strict";

class Chart {
  static height = 220;

  constructor(figure, data, run, view) {
    Object.assign(this, { figure, data, run, view, logarithmic: false });
    this.plot = figure.querySelector(".plot");
    // What was not measured is bridged by the line; what is not finite leaves a gap.
    this.columns = [data.x, ...data.lines.map(line => line.values.map(value => value === null ? undefined : typeof value === "string" ? null : value))];
    this.shown = data.lines.map(() => true);
    this.addLegend();
    const scale = figure.querySelector(".scale");
    scale.hidden = false;
    scale.addEventListener("click", () => {
      this.logarithmic = !this.logarithmic;
      scale.setAttribute("aria-pressed", this.logarithmic);
      this.draw();
    });
    this.draw();
    new ResizeObserver(() => this.resize()).observe(this.plot);
  }

  addLegend() {
    const legend = this.figure.querySelector(".legend");
    this.values = this.data.lines.map((line, index) => {
      if (line.role === "low" || line.role === "high") return null;
      const button = document.createElement("button");
      button.type = "button";
      button.className = `entry line-${this.colourIndex(index) % 8} ${line.role}`;
      button.setAttribute("aria-pressed", "true");
      const [swatch, name, value] = ["i", "span", "b"].map(tag => button.appendChild(document.createElement(tag)));
      swatch.setAttribute("aria-hidden", "true");
      name.textContent = line.name;
      button.addEventListener("click", () => this.toggle(index, button));
      legend.append(button);
      return value;
    });
    this.showValues(null);
  }

  toggle(index, button) {
    this.shown[index] = !this.shown[index];
    button.setAttribute("aria-pressed", this.shown[index]);
    this.uplot.setSeries(index + 1, { show: this.shown[index] });
    if (this.data.lines[index].role === "score")
      this.data.lines.forEach((line, other) => {
        if (line.role === "low" || line.role === "high") this.uplot.setSeries(other + 1, { show: this.shown[index] });
      });
  }

  // The values at a position, or the last ones.
  showValues(position) {
    this.values.forEach((output, index) => {
      if (!output) return;
      const values = this.data.lines[index].values;
      const value = position === null ? values.findLast(found => found !== null) : values[position];
      output.textContent = value === null || value === undefined ? "–" : Chart.number(value);
    });
  }

  colourIndex(index) {
    return this.data.lines[index].role === "floor" ? 6 : index;
  }

  draw() {
    this.uplot?.destroy();
    this.uplot = new uPlot(this.options(), this.columns, this.plot);
  }

  resize() {
    const width = Math.floor(this.plot.clientWidth);
    if (width > 0 && width !== this.uplot.width) this.uplot.setSize({ width, height: Chart.height });
  }

  look() {
    this.uplot.setScale("x", { min: this.view.min, max: this.view.max });
  }

  options() {
    const axis = {
      stroke: () => colours.of("faint"),
      grid: { stroke: () => colours.of("grid"), width: 1 },
      ticks: { show: false },
      font: `11px ${getComputedStyle(document.body).fontFamily}`,
    };
    return {
      width: Math.max(200, Math.floor(this.plot.clientWidth)),
      height: Chart.height,
      padding: [12, 24, 0, 0],
      legend: { show: false },
      scales: { x: { time: false, range: (_, min, max) => [min ?? this.view.min, max ?? this.view.max], min: this.view.min, max: this.view.max }, y: this.scale() },
      axes: [
        { ...axis, space: 70, size: 26, values: (_, ticks) => ticks.map(tick => Chart.count(tick)) },
        { ...axis, size: 56, values: (_, ticks) => ticks.map(tick => tick === null ? "" : Chart.number(tick)) },
      ],
      series: [{ label: "iteration" }, ...this.data.lines.map((line, index) => this.series(line, index))],
      bands: this.bands(),
      cursor: {
        y: false,
        points: { size: 7 },
        drag: { x: true, y: false, setScale: false },
        sync: { key: "run", setSeries: false, filters: { pub: type => type === "mousemove" || type === "mouseleave" } },
        bind: { dblclick: () => () => this.view.all() },
      },
      hooks: {
        setCursor: [uplot => this.showValues(uplot.cursor.idx ?? null)],
        setSelect: [uplot => this.select(uplot)],
        draw: [uplot => drawMarks(uplot, this.run.marks)],
      },
    };
  }

  // A logarithm where all values have one; else the inverse hyperbolic sine, which is about linear near zero.
  scale() {
    if (!this.logarithmic) return { auto: true };
    const finite = this.columns.slice(1).flat().filter(value => Number.isFinite(value));
    if (finite.every(value => value > 0)) return { distr: 3, log: 10 };
    const largest = Math.max(...finite.map(Math.abs), 1e-12);
    return { distr: 4, asinh: 10 ** (Math.floor(Math.log10(largest)) - 2) };
  }

  series(line, index) {
    const stroke = () => colours.line(this.colourIndex(index));
    const points = { show: line.role === "score" || (line.role === "curve" && this.data.x.length === 1), size: 6, fill: stroke };
    const base = { label: line.name, show: this.shown[index], stroke, width: 1.5, points };
    if (line.role === "floor") return { ...base, dash: [5, 4] };
    if (line.role === "low" || line.role === "high") return { ...base, stroke: "transparent", points: { show: false } };
    return base;
  }

  bands() {
    const [high, low, score] = ["high", "low", "score"].map(role => this.data.lines.findIndex(line => line.role === role));
    return high < 0 || low < 0 ? [] : [{ series: [high + 1, low + 1], fill: () => colours.area(colours.line(score)) }];
  }

  select(uplot) {
    const { left, width } = uplot.select;
    if (width < 4) return;
    uplot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    this.view.set(uplot.posToVal(left, "x"), uplot.posToVal(left + width, "x"));
  }

  static number(value) {
    if (typeof value === "string") return value;
    const size = Math.abs(value);
    if (size !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(2).replace("e+", "e");
    return String(Number(value.toPrecision(4)));
  }

  static count(value) {
    return Number.isInteger(value) ? value.toLocaleString("en").replaceAll(",", "\u202f") : "";
  }
}

// What happened stands as a line with its number, as the timeline gives it.
function drawMarks(uplot, marks) {
  const { ctx, bbox } = uplot;
  const pixels = devicePixelRatio;
  ctx.save();
  ctx.font = `600 ${10 * pixels}px ${getComputedStyle(document.body).fontFamily}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "bottom";
  const numbers = [];
  // The gravest first: a number that would lie on another is left out, its line stays.
  for (const mark of [...marks].sort((one, other) => (other.severity === "critical") - (one.severity === "critical"))) {
    const x = Math.round(uplot.valToPos(mark.iteration, "x", true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.strokeStyle = ctx.fillStyle = colours.severity(mark.severity);
    ctx.globalAlpha = 0.55;
    ctx.lineWidth = pixels;
    ctx.setLineDash([3 * pixels, 3 * pixels]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.globalAlpha = 1;
    const half = (3 + 3 * String(mark.number).length) * pixels;
    if (numbers.some(number => Math.abs(number.x - x) < number.half + half)) continue;
    ctx.fillText(mark.number, x, bbox.top - pixels);
    numbers.push({ x, half });
  }
  ctx.restore();
}
