"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const { nodes, edges, sentences, words } = data;
const byId = (id) => document.getElementById(id);
const canvas = byId("canvas"), context = canvas.getContext("2d");
const COLOURS = { report: "#c2571a", directive: "#1f5fa8", unresolved: "#8a8f98" };
const CARRIES_OUT = new Set(data.carries_out);
const into = nodes.map(() => []), out = nodes.map(() => []);
edges.forEach((edge) => { out[edge[0]].push(edge); into[edge[1]].push(edge); });
const folded = nodes.map((n) => fold([n.id, n.label, n.title, n.place, n.issuer].join(" ")));
let view = { x: 0, y: 0, scale: 1 }, chosen = null, shown = nodes.map(() => true), shownEdges = edges, near = new Set();

function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");
}

// --- filter -------------------------------------------------------------------------------------------------------
function filter() {
  const kinds = new Set([...document.querySelectorAll("[name=kind]:checked")].map((box) => box.value));
  const type = byId("type").value, relation = byId("relation").value;
  const from = Number(byId("from").value) || -Infinity, to = Number(byId("to").value) || Infinity;
  const years = from !== -Infinity || to !== Infinity;
  shown = nodes.map((n) => kinds.has(n.kind) && (!type || n.type === type) &&
    (!years || (n.year !== null && n.year >= from && n.year <= to)));
  shownEdges = edges.filter((e) => shown[e[0]] && shown[e[1]] && (!relation || e[2] === relation));
  byId("count").textContent = `${shown.filter(Boolean).length} / ${nodes.length} ${words.nodes}, ${shownEdges.length} ${words.edges}`;
  draw();
}

function fillSelect(select, values, label) {
  [...new Set(values.filter(Boolean))].sort((a, b) => a.localeCompare(b, "vi")).forEach((value) => {
    select.append(new Option(label ? label(value) : value, value));
  });
}

// --- draw ---------------------------------------------------------------------------------------------------------
function at(node) { return [(node.x - view.x) * view.scale + canvas.clientWidth / 2, (node.y - view.y) * view.scale + canvas.clientHeight / 2]; }
function radius(node) { return Math.max(2, node.r * Math.min(Math.sqrt(view.scale), 3)); }

function draw() {
  const ratio = window.devicePixelRatio || 1, wide = canvas.clientWidth, high = canvas.clientHeight;
  if (canvas.width !== wide * ratio || canvas.height !== high * ratio) { canvas.width = wide * ratio; canvas.height = high * ratio; }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, wide, high);
  context.lineWidth = 0.6;
  context.strokeStyle = chosen === null ? "rgba(90,105,125,.22)" : "rgba(90,105,125,.07)";
  context.beginPath();
  shownEdges.forEach((e) => { context.moveTo(...at(nodes[e[0]])); context.lineTo(...at(nodes[e[1]])); });
  context.stroke();
  if (chosen !== null) {
    context.lineWidth = 1.4; context.strokeStyle = "rgba(30,60,110,.6)"; context.beginPath();
    shownEdges.forEach((e) => { if (e[0] === chosen || e[1] === chosen) { context.moveTo(...at(nodes[e[0]])); context.lineTo(...at(nodes[e[1]])); } });
    context.stroke();
  }
  nodes.forEach((node, i) => {
    if (!shown[i]) return;
    context.globalAlpha = chosen === null || near.has(i) ? 1 : 0.25;
    const [x, y] = at(node), r = radius(node);
    context.fillStyle = COLOURS[node.kind];
    context.beginPath();
    if (node.kind === "report") context.rect(x - r, y - r, 2 * r, 2 * r); else context.arc(x, y, r, 0, 7);
    context.fill();
    if (i === chosen) { context.lineWidth = 3; context.strokeStyle = "#111"; context.stroke(); }
  });
  context.globalAlpha = 1;
  label();
}

function label() {
  // Labels go to the largest first; one that would cover another is left out.
  const taken = [];
  context.font = "12px system-ui, sans-serif"; context.lineWidth = 3;
  context.strokeStyle = "rgba(255,255,255,.9)"; context.fillStyle = "#1d2530";
  for (const i of data.order) {
    if (taken.length > 40 * Math.max(1, view.scale)) break;
    if (!shown[i] || (chosen !== null && !near.has(i))) continue;
    const [x, y] = at(nodes[i]);
    if (x < 0 || y < 0 || x > canvas.clientWidth || y > canvas.clientHeight) continue;
    const text = short(nodes[i].label, 34), box = [x + 6, y - 14, x + 12 + context.measureText(text).width, y + 4];
    if (taken.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3])) continue;
    taken.push(box);
    context.strokeText(text, x + 8, y); context.fillText(text, x + 8, y);
  }
}

function short(text, size) { return text.length > size ? text.slice(0, size - 1) + "…" : text; }

function fit() {
  const xs = nodes.map((n) => n.x), ys = nodes.map((n) => n.y);
  if (!nodes.length) return;
  const [left, right] = [Math.min(...xs), Math.max(...xs)], [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  view = { x: (left + right) / 2, y: (top + bottom) / 2,
    scale: 0.92 * Math.min(canvas.clientWidth / (right - left || 1), canvas.clientHeight / (bottom - top || 1)) };
}

// --- choose -------------------------------------------------------------------------------------------------------
function element(tag, text, parent, name) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (name) made.className = name;
  if (parent) parent.append(made);
  return made;
}

function choose(i, centre) {
  chosen = i;
  near = new Set(i === null ? [] : [i, ...into[i].map((e) => e[0]), ...out[i].map((e) => e[1])]);
  if (i !== null && centre) { view.x = nodes[i].x; view.y = nodes[i].y; }
  byId("panel").replaceChildren();
  if (i === null) byId("panel").append(byId("intro").content.cloneNode(true)); else describe(i, byId("panel"));
  draw();
}

function describe(i, panel) {
  const node = nodes[i];
  element("h2", node.label, panel);
  if (node.title) element("p", node.title, panel);
  [[words[node.kind], node.id], [words.issuer, node.issuer], [words.place, node.place], [words.date, node.date]].forEach(([name, value]) => {
    if (value) element("p", `${name}: ${value}`, panel, "fact");
  });
  timeline(i, panel);
  list(words.cited_by, into[i], 0, panel);
  list(words.cites_these, out[i], 1, panel);
}

function list(title, found, side, panel) {
  if (!found.length) return;
  element("h3", `${title} (${found.length})`, panel);
  [...found].sort((a, b) => b[3] - a[3]).slice(0, 200).forEach((edge) => {
    const other = nodes[edge[side]], details = element("details", undefined, panel);
    element("summary", `${other.label}${other.place ? " · " + other.place : ""} — ${data.relations[edge[2]]} ×${edge[3]}`, details);
    details.addEventListener("toggle", () => {
      if (!details.open || details.children.length > 1) return;
      const go = element("button", `→ ${other.label}`, details, "link");
      go.addEventListener("click", () => choose(edge[side], true));
      edge[4].forEach(([row, start, end]) => {
        const quote = element("blockquote", undefined, details), text = [...sentences[row][1]];
        quote.append(text.slice(0, start).join(""));
        element("mark", text.slice(start, end).join(""), quote);
        quote.append(text.slice(end).join(""));
        element("p", sentences[row][0], quote, "fact");
      });
    });
  });
}

// --- cascade ------------------------------------------------------------------------------------------------------
function cascade(root) {
  const steps = [], seen = new Set([root]), queue = [root];
  while (queue.length) {
    const via = queue.shift();
    into[via].forEach((edge) => {
      if (CARRIES_OUT.has(edge[2]) && !seen.has(edge[0])) { seen.add(edge[0]); queue.push(edge[0]); steps.push([edge[0], via, edge[2]]); }
    });
  }
  return steps;
}

function timeline(root, panel) {
  const steps = cascade(root), whole = /^\d{4}-\d\d-\d\d$/;
  if (!steps.length) return;
  element("h3", `${words.cascade} (${steps.length})`, panel);
  const day = (i) => (whole.test(nodes[i].date || "") ? Date.parse(nodes[i].date) / 864e5 : null);
  const rows = [[root, null, null], ...steps].map(([i, via, type]) => ({ i, via, type, day: day(i) }));
  rows.sort((a, b) => (a.i === root ? -1 : b.i === root ? 1 : (a.day ?? Infinity) - (b.day ?? Infinity)));
  const days = rows.map((r) => r.day).filter((d) => d !== null), low = Math.min(...days), high = Math.max(...days);
  const ns = "http://www.w3.org/2000/svg", svg = document.createElementNS(ns, "svg"), wide = 400;
  svg.setAttribute("viewBox", `0 0 ${wide} ${rows.length * 34 + 8}`); svg.setAttribute("width", "100%"); svg.setAttribute("role", "img");
  const draw = (tag, facts, text) => {
    const made = document.createElementNS(ns, tag);
    Object.entries(facts).forEach(([name, value]) => made.setAttribute(name, value));
    if (text !== undefined) made.textContent = text;
    svg.append(made);
    return made;
  };
  rows.forEach((row, n) => {
    const y = n * 34 + 14, node = nodes[row.i];
    const x = row.day === null ? 8 : 8 + ((row.day - low) / (high - low || 1)) * (wide - 16);
    const after = n && row.day !== null && rows[0].day !== null ? row.day - rows[0].day : null;
    const later = after === null ? "" : ` (${after >= 0 ? "+" : ""}${after} ${words.days})`;
    draw("text", { x: 2, y }, `${short(node.label.replace(/ \(\d{4}\)$/, ""), 26)}${node.place ? " · " + short(node.place, 14) : ""} · ${node.date || words.undated}${later}`);
    draw("line", { x1: 8, x2: wide - 8, y1: y + 11, y2: y + 11, class: "axis" });
    const dot = draw("circle", { cx: x, cy: y + 11, r: 5, fill: row.day === null ? "#fff" : COLOURS[node.kind], stroke: COLOURS[node.kind], class: "dot" });
    dot.addEventListener("click", () => choose(row.i, true));
  });
  panel.append(svg);
}

// --- hands --------------------------------------------------------------------------------------------------------
function nearest(x, y) {
  let best = null, least = 14;
  nodes.forEach((node, i) => {
    if (!shown[i]) return;
    const [nx, ny] = at(node), away = Math.hypot(nx - x, ny - y) - radius(node);
    if (away < least) { least = away; best = i; }
  });
  return best;
}

let drag = null;
canvas.addEventListener("pointerdown", (e) => { drag = { x: e.offsetX, y: e.offsetY, moved: false }; canvas.setPointerCapture(e.pointerId); });
canvas.addEventListener("pointermove", (e) => {
  if (!drag) { const i = nearest(e.offsetX, e.offsetY); canvas.title = i === null ? "" : nodes[i].label; return; }
  const dx = e.offsetX - drag.x, dy = e.offsetY - drag.y;
  if (!drag.moved && Math.hypot(dx, dy) < 4) return;
  view.x -= dx / view.scale; view.y -= dy / view.scale; drag = { x: e.offsetX, y: e.offsetY, moved: true };
  draw();
});
canvas.addEventListener("pointerup", (e) => { if (drag && !drag.moved) choose(nearest(e.offsetX, e.offsetY)); drag = null; });
function zoom(by) { view.scale = Math.min(Math.max(view.scale * by, 0.05), 400); draw(); }
canvas.addEventListener("wheel", (e) => { e.preventDefault(); zoom(Math.exp(-e.deltaY / 500)); }, { passive: false });
canvas.addEventListener("keydown", (e) => {
  const move = { ArrowLeft: [-40, 0], ArrowRight: [40, 0], ArrowUp: [0, -40], ArrowDown: [0, 40] }[e.key];
  if (move) { view.x += move[0] / view.scale; view.y += move[1] / view.scale; draw(); e.preventDefault(); }
  if (e.key === "+") zoom(1.25);
  if (e.key === "-") zoom(0.8);
  if (e.key === "Escape") choose(null);
});

byId("search").addEventListener("input", (e) => {
  const wanted = fold(e.target.value.trim()), hits = byId("hits");
  hits.replaceChildren();
  if (!wanted) return;
  data.order.filter((i) => shown[i] && wanted.split(/\s+/).every((w) => folded[i].includes(w))).slice(0, 30).forEach((i) => {
    const hit = element("button", `${nodes[i].label}${nodes[i].place ? " · " + nodes[i].place : ""}${nodes[i].year ? " · " + nodes[i].year : ""}`, hits);
    hit.addEventListener("click", () => { hits.replaceChildren(); choose(i, true); });
  });
});
byId("whole").addEventListener("click", () => { fit(); choose(null); });
document.querySelectorAll("header select, header [name=kind], header [type=number]").forEach((control) => control.addEventListener("input", filter));
fillSelect(byId("type"), nodes.map((n) => n.type));
fillSelect(byId("relation"), edges.map((e) => e[2]), (key) => data.relations[key]);
new ResizeObserver(draw).observe(canvas);
fit(); filter(); choose(null);
