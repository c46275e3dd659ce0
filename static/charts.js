// Draws the page's Plotly charts, after everything else is painted. Each stands in an element
// with data-chart, the address of its figure; without this script the tables say the same.
const plotlyAddress = document.currentScript.dataset.plotly;
const charts = [...document.querySelectorAll("[data-chart]")];

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// A figure names the tokens that it is drawn in.
const inColours = (text) => text.replace(/"var\((--[\w-]+)\)"/g, (_, name) => JSON.stringify(colour(name)));

function inPageColours(layout) {
  const axes = Object.keys(layout).filter((key) => /^[xy]axis/.test(key));
  const line = { gridcolor: colour("--line"), linecolor: colour("--line-strong"), zerolinecolor: colour("--line-strong") };
  return {
    ...layout,
    ...Object.fromEntries(axes.map((key) => [key, { ...layout[key], ...line, automargin: true, fixedrange: true }])),
    font: { family: getComputedStyle(document.body).fontFamily, color: colour("--ink"), size: 13 },
    hoverlabel: { bgcolor: colour("--paper"), bordercolor: colour("--line-strong"), font: { color: colour("--ink") } },
    autosize: true,
  };
}

function forNarrowPages(figure, width) {
  const gauge = figure.data.find((trace) => trace.type === "indicator");
  if (gauge) {
    gauge.gauge.axis.tickcolor = colour("--ink");
    gauge.gauge.bgcolor = colour("--track");
    gauge.gauge.borderwidth = 0;
    gauge.gauge.threshold.line.color = colour("--ink");
  }
  if (width < 480) Object.assign(figure.layout, gauge ? { height: 192, margin: { l: 44, r: 44, t: 24, b: 8 } } : { margin: { ...figure.layout.margin, l: 32, r: 12 } });
  return figure;
}

async function draw(element) {
  const answer = await fetch(element.dataset.chart, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${element.dataset.chart}: ${answer.status}`);
  const figure = forNarrowPages(JSON.parse(inColours(await answer.text())), element.clientWidth);
  element.replaceChildren();
  element.style.height = `${figure.layout.height}px`;
  await Plotly.newPlot(element, figure.data, inPageColours(figure.layout), { displayModeBar: false, responsive: true });
  element.dataset.drawn = element.dataset.chart;
}

function explain(element) {
  if (element.dataset.drawn) return;
  const words = document.createElement("p");
  words.className = "quiet";
  words.textContent = "The chart could not be drawn. The table has the same numbers; reload the page to try again.";
  element.replaceChildren(words);
}

function drawAll() {
  charts.forEach((element) => draw(element).catch(() => explain(element)));
}

function load() {
  const script = document.createElement("script");
  script.src = plotlyAddress;
  script.onload = drawAll;
  script.onerror = () => charts.forEach(explain);
  document.head.append(script);
}

// Figures that moved stand in the table below the chart; another month asks for another chart.
function catchUp(element) {
  if (element.dataset.drawn !== element.dataset.chart) return draw(element).catch(() => explain(element));
  const rows = [...document.querySelectorAll("[data-counts]")];
  const counts = rows.map(({ dataset }) => dataset.counts.split(",").map((count) => (count === "" ? null : Number(count))));
  const marks = rows.map(({ dataset }) => dataset.kinds.split(",").map((kind) => element.layout.meta.kinds[kind]));
  const marker = { "marker.symbol": marks.map((row) => row.map(([shape]) => shape)), "marker.size": marks.map((row) => row.map(([, size]) => size)) };
  const lines = element.data.flatMap(({ name }, place) => (name === "Incidents" ? [place] : []));
  if (lines.length === counts.length) Plotly.restyle(element, { y: counts, ...marker }, lines);
}

document.addEventListener("figures-moved", () => {
  for (const element of charts) if (element.dataset.drawn) catchUp(element);
});

if (charts.length) {
  dark.addEventListener("change", () => window.Plotly && drawAll());
  // The gauges are on the screen before the large script is asked for.
  const painted = new PerformanceObserver((list) => {
    if (!list.getEntriesByName("first-contentful-paint").length) return;
    painted.disconnect();
    load();
  });
  painted.observe({ type: "paint", buffered: true });
}
