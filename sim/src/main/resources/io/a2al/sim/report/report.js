// Draws the charts of one result with uPlot. The page contains the result as JSON. Loads nothing and stores nothing.
"use strict";

(() => {
  const result = JSON.parse(document.getElementById("result").textContent);
  const series = result.series;
  const HEIGHT = 272;

  /** Colors belong to message types, so that pages can be compared. A request and its answer are neighbours. */
  const COLORS = {
    PING: 1, PONG: 7, FIND_NODE: 2, FIND_NODE_RESPONSE: 6, FIND_VALUE: 3, FIND_VALUE_RESPONSE: 5, STORE: 4, STORE_RESPONSE: 8,
  };
  const OTHER_COLOR = 9;

  // ---- numbers --------------------------------------------------------------------------------------------------

  const plain = (digits) => new Intl.NumberFormat("en", {maximumFractionDigits: digits});
  const upTo = [plain(0), plain(1), plain(2), plain(3)];

  /** Formats a number with three significant digits if it is below 100, and with grouped thousands. */
  const number = (value) => {
    if (value == null) {
      return "–";
    }
    const size = Math.abs(value);
    return upTo[size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3].format(value);
  };

  const withUnit = (unit) => (value) => (value == null ? "–" : number(value) + " " + unit);
  const percent = withUnit("%");

  const TIME_UNITS = [
    {name: "d", seconds: 86400, from: 4 * 86400},
    {name: "h", seconds: 3600, from: 3 * 3600},
    {name: "min", seconds: 60, from: 180},
    {name: "s", seconds: 1, from: 0},
  ];
  const timeUnit = TIME_UNITS.find((unit) => result.virtual_seconds >= unit.from);
  const times = series.map((point) => point.at_seconds / timeUnit.seconds);
  const TIME = {
    label: "virtual time (" + timeUnit.name + ")",
    format: withUnit(timeUnit.name),
    range: () => [0, result.virtual_seconds / timeUnit.seconds],
    sync: "time",
  };

  /** Returns the virtual seconds since the previous point. */
  const span = (index) => series[index].at_seconds - (index === 0 ? 0 : series[index - 1].at_seconds);

  const perNodeMinute = (index, count) => {
    const nodeMinutes = (series[index].living * span(index)) / 60;
    return nodeMinutes === 0 ? null : count / nodeMinutes;
  };

  const present = (values) => values.filter((value) => value != null);
  const last = (values) => present(values).at(-1);
  const lowest = (values) => present(values).reduce((low, value) => Math.min(low, value), Infinity);
  const highest = (values) => present(values).reduce((high, value) => Math.max(high, value), -Infinity);
  const sum = (values) => values.reduce((total, value) => total + value, 0);

  // ---- contents of the charts -----------------------------------------------------------------------------------

  /** When the measured time begins. What happens while nodes join would leave too little of a chart for the rest. */
  const running = result.phases.find((phase) => phase.name === "running")?.begin_seconds ?? 0;

  const whileRunning = (values) => values.filter((value, index) => value != null && series[index].at_seconds > running);

  /** Returns a range from zero to the highest of these lines in the measured time, or in the whole run if that is empty. */
  const fromZero = (lines) => {
    const of = lines.flatMap(whileRunning);
    const most = highest(of.length > 0 ? of : present(lines.flat()));
    return () => [0, most > 0 ? most * 1.08 : 1];
  };

  /** Returns a range of percentages from somewhat below the lowest value to 100. */
  const upToHundred = (ignored, min) => {
    const gap = Math.max(100 - (min ?? 100), 1);
    return [Math.max(0, 100 - gap * 1.5), 100 + Math.min(gap, 100) * 0.05];
  };

  const latency = () => {
    const {latency_quantiles_ms: quantiles, latency_ms: known} = result.lookups;
    if (quantiles.length === 0) {
      return {empty: "There were no right lookups."};
    }
    const parts = quantiles.length - 1;
    return {
      summary: `Median ${number(known.p50)} milliseconds, 95th percentile ${number(known.p95)}, `
        + `maximum ${number(known.max)}.`,
      x: {label: "latency (ms, logarithmic)", format: withUnit("ms"), log: true},
      xs: quantiles.map((value) => Math.max(value, 1)),
      y: {label: "right lookups (%)", range: () => [0, 100], splits: [0, 25, 50, 75, 100]},
      lines: [{label: "took at most this long", format: percent, color: 1, area: true,
        values: quantiles.map((ignored, index) => (100 * index) / parts)}],
    };
  };

  const hops = () => {
    const counts = result.lookups.hops;
    if (result.lookups.count === 0) {
      return {empty: "There were no lookups."};
    }
    const shares = counts.map((count) => (100 * count) / result.lookups.count);
    return {
      summary: shares.map((share, index) => `${index} hops: ${number(share)} percent`).join("; ") + ".",
      x: {label: "hops", format: (value) => (value == null ? "–" : String(value)), whole: true,
        range: () => [-0.6, counts.length - 0.4]},
      xs: counts.map((ignored, index) => index),
      y: {label: "lookups (%)", range: (ignored, min, max) => [0, Math.min(max * 1.08, 100)]},
      lines: [{label: "lookups", format: percent, color: 1, bars: true, values: shares}],
    };
  };

  const success = () => {
    const shares = series.map((point) => (point.lookups === 0 ? null : (100 * point.right) / point.lookups));
    if (present(shares).length === 0) {
      return {empty: "There were no lookups."};
    }
    return {
      summary: `${number(100 * result.lookups.right_share)} percent of ${number(result.lookups.count)} lookups were `
        + `right; in the worst interval ${number(lowest(shares))} percent.`,
      x: TIME,
      xs: times,
      y: {label: "right lookups (%)", range: upToHundred},
      lines: [
        {label: "right", format: percent, color: 3, dots: true, values: shares},
        {label: "lookups", format: number, hidden: true, values: series.map((point) => point.lookups)},
      ],
    };
  };

  const development = () => {
    const ofRight = (value) => series.map((point) => (point.right === 0 ? null : value(point)));
    const p50 = ofRight((point) => point.latency_p50_ms);
    const p95 = ofRight((point) => point.latency_p95_ms);
    const asked = series.map((point) => (point.lookups === 0 ? null : point.mean_asked));
    if (present(p50).length === 0) {
      return {empty: "There were no right lookups."};
    }
    return {
      summary: `Median ${number(present(p50)[0])} milliseconds in the first interval with lookups, ${number(last(p50))} in the `
        + `last one; 95th percentile ${number(present(p95)[0])} and ${number(last(p95))}.`,
      x: TIME,
      xs: times,
      y: {label: "latency (ms)", range: fromZero([p50, p95])},
      right: {label: "nodes asked", range: (ignored, min, max) => [0, Math.max(max * 1.08, 1)]},
      lines: [
        {label: "median", format: withUnit("ms"), color: 1, values: p50},
        {label: "95th percentile", format: withUnit("ms"), color: 2, values: p95},
        {label: "nodes asked (right axis)", format: number, color: 4, values: asked, right: true, dash: true},
      ],
    };
  };

  const replicas = () => {
    const of = (value) => series.map((point) => (point.replicas.records === 0 ? null : value(point.replicas)));
    const mean = of((health) => health.mean);
    const fewest = of((health) => health.fewest);
    if (present(mean).length === 0) {
      return {empty: "There were no valid records."};
    }
    return {
      summary: `At the end ${number(last(mean))} replicas per record on average and at least ${number(last(fewest))}; the lowest `
        + `number during the run was ${number(lowest(fewest))}.`,
      x: TIME,
      xs: times,
      y: {label: "replicas per record", range: fromZero([mean, fewest])},
      lines: [
        {label: "mean", format: number, color: 1, values: mean},
        {label: "fewest", format: number, color: 2, values: fewest},
      ],
    };
  };

  const types = result.traffic.types.filter((type) => type.messages > 0).map((type) => type.type);
  const named = Object.keys(COLORS).filter((name) => types.includes(name));
  const others = types.filter((name) => !(name in COLORS));

  /** Returns a chart of traffic by type: frequent types individually, all others together. */
  const traffic = (key, factor, unit, label) => () => {
    if (types.length === 0 || series.length === 0) {
      return {empty: "There were no messages."};
    }
    const format = withUnit(unit);
    const countOf = (point, names) =>
      sum(point.traffic.types.filter((type) => names.includes(type.type)).map((type) => type[key]));
    const rate = (names) => series.map((point, index) => perNodeMinute(index, countOf(point, names) / factor));
    const lines = named.map((name) => ({label: name, format, color: COLORS[name], values: rate([name])}));
    if (others.length > 0) {
      lines.push({label: others.join(", "), format, color: OTHER_COLOR, values: rate(others)});
    }
    const totals = rate(types);
    return {
      summary: `At most ${format(highest(totals))} per node and minute, at the end ${format(last(totals))}.`,
      x: TIME,
      xs: times,
      y: {label, range: fromZero([totals])},
      lines,
      stacked: true,
    };
  };

  const tables = () => {
    const of = (value) => series.map((point) => (point.tables.nodes === 0 ? null : value(point.tables)));
    const contacts = of((health) => health.mean_contacts);
    const dead = of((health) => 100 * health.dead_share);
    const hostile = of((health) => 100 * health.hostile_share);
    if (present(contacts).length === 0) {
      return {empty: "No honest node was switched on."};
    }
    return {
      summary: `At the end ${number(last(contacts))} contacts per table, ${number(last(dead))} percent of them switched `
        + `off and ${number(last(hostile))} percent hostile.`,
      x: TIME,
      xs: times,
      y: {label: "contacts per table", range: fromZero([contacts])},
      right: {label: "of them (%)", range: (ignored, min, max) => [0, Math.max(max * 1.08, 1)]},
      lines: [
        {label: "contacts", format: number, color: 1, values: contacts},
        {label: "switched off (right axis)", format: percent, color: 2, values: dead, right: true},
        {label: "hostile (right axis)", format: percent, color: 4, values: hostile, right: true, dash: true},
      ],
    };
  };

  const living = () => {
    const values = series.map((point) => point.living);
    if (values.length === 0) {
      return {empty: "The run ended before the first measurement."};
    }
    return {
      summary: `At most ${number(highest(values))} participants were switched on, at the end ${number(last(values))}.`,
      x: TIME,
      xs: times,
      y: {label: "participants", range: fromZero([values])},
      lines: [{label: "switched on", format: number, color: 7, area: true, values}],
    };
  };

  const charts = {
    latency,
    development,
    hops,
    success,
    replicas,
    messages: traffic("messages", 1, "messages", "messages per node and minute"),
    bytes: traffic("bytes", 1024, "KiB", "KiB per node and minute"),
    tables,
    living,
  };

  // ---- drawing --------------------------------------------------------------------------------------------------

  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const font = "12px system-ui, sans-serif";

  /** Formats the marks of an axis, which are round numbers, without abbreviation. */
  const marks = (plot, splits) => splits.map((value) => (value == null ? "" : plain(6).format(value)));

  /** Labels only the marks that begin with 1, 2 or 5, because a logarithmic axis has too many marks. */
  const oneTwoFive = (plot, splits) => splits.map((value) => (/^[125](e|$)/.test(value.toExponential()) ? value : null));

  const axis = (scale, description, extra) => ({
    scale,
    label: description.label,
    labelFont: font,
    labelSize: 20,
    font,
    stroke: style("--soft"),
    grid: {stroke: style("--line"), width: 1},
    ticks: {stroke: style("--line"), width: 1, size: 4},
    ...extra,
  });

  const xAxis = (x) => axis("x", x, {
    size: 30,
    space: 40,
    ...(x.whole ? {incrs: [1, 2, 5, 10, 20, 50], grid: {show: false}} : {}),
    ...(x.log ? {filter: oneTwoFive} : {}),
    values: marks,
  });

  const yAxis = (scale, y, extra) => axis(scale, y, {
    size: 46,
    ...(y.splits ? {splits: () => y.splits} : {}),
    values: marks,
    ...extra,
  });

  const path = (line) => {
    if (line.bars) {
      return {paths: uPlot.paths.bars({size: [0.7, 64]}), points: {show: false}};
    }
    return {points: {show: Boolean(line.dots), size: 5}};
  };

  const lineOptions = (chart, raw) => (line, index) => {
    const color = style("--c" + line.color);
    const filled = line.bars || chart.stacked;
    return {
      label: line.label,
      scale: line.right ? "right" : "y",
      stroke: color,
      width: chart.stacked ? 1 : 2,
      fill: filled ? color : line.area ? color + "33" : undefined,
      dash: line.dash ? [6, 4] : undefined,
      // Where the pointer is, or at the end.
      value: (plot, value, seriesIndex, at) => line.format(at == null ? last(raw[index]) : raw[index][at]),
      ...path(line),
    };
  };

  /** Sums from the last line to the first. The first line is drawn first, so it must be the highest. */
  const stack = (values, isShown) => {
    const sums = values.map((line) => line.slice());
    for (let line = values.length - 1; line >= 0; line--) {
      for (let at = 0; at < sums[line].length; at++) {
        const own = isShown(line) ? values[line][at] ?? 0 : 0;
        sums[line][at] = own + (line + 1 < values.length ? sums[line + 1][at] : 0);
      }
    }
    return sums;
  };

  /** Marks where each phase begins, with its name; one that would cover the name before is written below it. */
  const markPhases = (plot) => {
    const {ctx: context, bbox: box} = plot;
    const pixel = devicePixelRatio;
    context.save();
    context.font = `${11 * pixel}px system-ui, sans-serif`;
    context.textAlign = "left";
    context.fillStyle = style("--soft");
    context.strokeStyle = style("--soft");
    context.lineWidth = pixel;
    context.setLineDash([3 * pixel, 3 * pixel]);
    let row = 0;
    let end = -Infinity;
    for (const phase of result.phases) {
      const x = plot.valToPos(phase.begin_seconds / timeUnit.seconds, "x", true);
      if (x < box.left || x > box.left + box.width) {
        continue;
      }
      context.beginPath();
      context.moveTo(x, box.top);
      context.lineTo(x, box.top + box.height);
      context.stroke();
      row = x < end ? row + 1 : 0;
      end = x + context.measureText(phase.name).width + 8 * pixel;
      context.fillText(phase.name, x + 4 * pixel, box.top + (11 + 13 * row) * pixel);
    }
    context.restore();
  };

  const draw = (chart, place) => {
    const lines = chart.lines.filter((line) => !line.hidden);
    const raw = lines.map((line) => line.values);
    const dataOf = (isShown) => [chart.xs, ...(chart.stacked ? stack(raw, isShown) : raw)];
    const options = {
      width: place.clientWidth,
      height: HEIGHT,
      scales: {
        x: {time: false, ...(chart.x.log ? {distr: 3} : {}), ...(chart.x.range ? {range: chart.x.range} : {})},
        y: {range: chart.y.range},
        ...(chart.right ? {right: {range: chart.right.range}} : {}),
      },
      axes: [
        xAxis(chart.x),
        yAxis("y", chart.y),
        ...(chart.right ? [yAxis("right", chart.right, {side: 1, grid: {show: false}})] : []),
      ],
      series: [{label: chart.x.label.replace(/ \(.*/, ""), value: (plot, value) => (value == null ? "at the end" : chart.x.format(value))},
        ...lines.map(lineOptions(chart, raw))],
      cursor: {y: false, ...(chart.x.sync ? {sync: {key: chart.x.sync}} : {})},
      hooks: {
        draw: chart.x === TIME ? [markPhases] : [],
        setSeries: chart.stacked ? [(plot) => plot.setData(dataOf((line) => plot.series[line + 1].show))] : [],
      },
    };
    return new uPlot(options, dataOf(() => true), place);
  };

  // ---- the page -------------------------------------------------------------------------------------------------

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  /** Returns a table of the same numbers, for readers who cannot see the chart. It is built when first opened. */
  const numbers = (chart) => {
    const cell = (text) => element("td", {}, text);
    const head = (text) => element("th", {scope: "col"}, text);
    const table = () => element("table", {},
      element("thead", {}, element("tr", {}, head(chart.x.label), ...chart.lines.map((line) => head(line.label)))),
      element("tbody", {}, ...chart.xs.map((x, at) =>
        element("tr", {}, cell(chart.x.format(x)), ...chart.lines.map((line) => cell(line.format(line.values[at])))))));
    const details = element("details", {}, element("summary", {}, "Table"));
    details.addEventListener("toggle", () => {
      details.append(element("div", {className: "scroll", tabIndex: 0}, table()));
    }, {once: true});
    return details;
  };

  const show = (figure) => {
    const title = figure.querySelector("h2").textContent;
    const chart = charts[figure.dataset.chart]();
    if (chart.empty) {
      figure.append(element("p", {className: "empty"}, chart.empty));
      return () => {};
    }
    const place = element("div", {className: "plot"});
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", title + ". " + chart.summary);
    figure.append(place, numbers(chart));
    let plot = draw(chart, place);
    new ResizeObserver(() => plot.setSize({width: place.clientWidth, height: HEIGHT})).observe(place);
    return () => {
      plot.destroy();
      plot = draw(chart, place);
    };
  };

  const redraws = [...document.querySelectorAll("figure[data-chart]")].map(show);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraws.forEach((redraw) => redraw()));
})();
