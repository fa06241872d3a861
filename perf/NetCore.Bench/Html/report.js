"use strict";
// The page is complete without this: it only hides contestants and reads values off the curves.
(function () {
  for (const button of document.querySelectorAll("[data-toggle]")) {
    button.addEventListener("click", function () {
      const shown = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(shown));
      for (const part of document.querySelectorAll("[data-c]")) {
        if (part.dataset.c === button.dataset.toggle) {
          part.classList.toggle("away", !shown);
        }
      }
    });
  }

  function time(us) {
    return us >= 1e6 ? digits(us / 1e6) + " s" : us >= 1e3 ? digits(us / 1e3) + " ms"
      : us < 1 ? digits(us * 1e3) + " ns" : digits(us) + " µs";
  }

  function digits(value) {
    return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0);
  }

  function parse(path) {
    return path.dataset.v.split(" ").map(function (pair) {
      const parts = pair.split(":");
      return { percentile: Number(parts[0]), us: Number(parts[1]) };
    });
  }

  // The last point that is not to the right of the pointer.
  function at(points, percentile) {
    let found = points[0];
    for (const point of points) {
      if (point.percentile <= percentile) {
        found = point;
      }
    }
    return found;
  }

  function show(plot, output, x) {
    const depth = Number(plot.dataset.depth);
    const percentile = x * depth > depth - 0.5 ? 100 : 100 * (1 - Math.pow(0.5, x * depth));
    output.textContent = "";
    const head = document.createElement("div");
    head.textContent = percentile === 100 ? "max" : "p" + (percentile < 99 ? percentile.toFixed(0)
      : (100 - percentile >= 0.01 ? percentile.toFixed(2) : percentile.toFixed(4)));
    output.append(head);
    const rows = [];
    for (const group of plot.querySelectorAll("g[data-c]:not(.away)")) {
      rows.push({ name: group.dataset.c, series: group.getAttribute("class"),
        us: at(parse(group.querySelector(".curve")), percentile).us });
    }
    rows.sort(function (a, b) { return b.us - a.us; });
    for (const row of rows) {
      const line = document.createElement("div");
      const name = document.createElement("b");
      const mark = document.createElement("i");
      line.className = row.series;
      name.append(mark, row.name);
      line.append(name, time(row.us));
      output.append(line);
    }
    output.style.left = x < 0.5 ? (100 * x + 2) + "%" : "auto";
    output.style.right = x < 0.5 ? "auto" : (102 - 100 * x) + "%";
  }

  for (const plot of document.querySelectorAll(".plot.curves")) {
    const output = plot.querySelector("output");
    const svg = plot.querySelector("svg");
    const ruler = document.createElementNS("http://www.w3.org/2000/svg", "path");
    ruler.setAttribute("class", "ruler");
    svg.append(ruler);
    plot.addEventListener("pointermove", function (event) {
      const box = plot.getBoundingClientRect();
      const x = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
      ruler.setAttribute("d", "M" + (1000 * x) + " 0V1000");
      show(plot, output, x);
    });
    plot.addEventListener("pointerleave", function () {
      output.textContent = "";
      ruler.removeAttribute("d");
    });
  }
})();
