"use strict";

// Table: a click on a heading sorts by the unrounded numbers, a second click turns the order.
for (const table of document.querySelectorAll("table.sortable")) {
  const headings = [...table.querySelectorAll("thead th")];
  headings.forEach((heading, column) => {
    heading.querySelector("button").addEventListener("click", () => {
      const ascending = heading.getAttribute("aria-sort") !== "ascending";
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      const body = table.tBodies[0];
      const key = (row) => row.cells[column].dataset.sort;
      const compare = (a, b) => {
        const [x, y] = [Number(key(a)), Number(key(b))];
        if (Number.isNaN(x) && Number.isNaN(y)) return key(a).localeCompare(key(b));
        if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
        return x - y;
      };
      const rows = [...body.rows].sort(compare);
      body.append(...(ascending ? rows : rows.reverse()));
    });
  });
}

// Charts: SVG, so that the style sheet can recolour them for dark paper and for print.
const charts = [...document.querySelectorAll("script[data-chart]")].map((script) => ({
  place: document.getElementById(script.dataset.chart),
  specification: JSON.parse(script.textContent),
}));

// Small panels cannot stretch by themselves: as many side by side as there is room for. The cells
// of a map shrink as far as their labels allow, and charts one below another know no container.
function fitted(specification, width, excess) {
  if (specification.width?.step) {
    const x = specification.layer?.[0].encoding.x;
    const columns = (x?.scale?.domain ?? x?.sort)?.length;
    if (!columns) return specification;
    const step = Math.max(14, Math.floor(specification.width.step - excess / columns));
    return { ...specification, width: { step }, height: { step } };
  }
  if ("vconcat" in specification) {
    const room = Math.floor(width - 64 - excess);
    const vconcat = specification.vconcat.map((one) => ({ ...one, width: room }));
    return { ...specification, vconcat };
  }
  if (!("facet" in specification)) return specification;
  const most = width < 520 ? 2 : width < 820 ? 3 : 4;
  const panels = specification.facet.sort.length;
  const columns = Math.ceil(panels / Math.ceil(panels / most));
  const room = width - 64 - excess - (columns - 1) * specification.spacing;
  const spec = { ...specification.spec, width: Math.floor(room / columns) };
  return { ...specification, columns, spec };
}

let drawnWidth = 0;
async function draw() {
  const width = charts.length ? charts[0].place.clientWidth : 0;
  if (width === 0 || width === drawnWidth) return;
  drawnWidth = width;
  for (const { place, specification } of charts) {
    const options = { renderer: "svg", actions: false };
    const room = place.clientWidth; // a wide figure has the place of two
    await vegaEmbed(place, fitted(specification, room, 0), options);
    // Room for the axis is a guess, for only a drawn one shows how long its labels are.
    const excess = place.scrollWidth - place.clientWidth;
    if (excess > 0) await vegaEmbed(place, fitted(specification, room, excess), options);
  }
  document.documentElement.dataset.drawn = String(width);
}

let waiting = 0;
window.addEventListener("resize", () => {
  clearTimeout(waiting);
  waiting = setTimeout(draw, 200);
});

// Paper: charts are drawn anew for the width of a page, so that their text is as large as that
// around them, and what is folded is opened. All of it ends before the browser lays the page out,
// as nothing in it waits for anything but itself.
const PAGE = 700;
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const one of opened) one.open = true;
  const main = document.querySelector("main");
  main.style.cssText = `width: ${PAGE}px; max-width: none; padding: 0`;
  clearTimeout(waiting);
  draw();
});
window.addEventListener("afterprint", () => {
  for (const one of opened) one.open = false;
  document.querySelector("main").style.cssText = "";
  draw();
});
draw();
