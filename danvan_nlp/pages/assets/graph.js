"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const { nodes, edges, sentences, words } = data;
const byId = (id) => document.getElementById(id);
const canvas = byId("canvas"), context = canvas.getContext("2d");
const style = getComputedStyle(document.documentElement);
const COLOURS = Object.fromEntries(["report", "directive", "unresolved"].map((kind) => [kind, style.getPropertyValue(`--${kind}`)]));
const CARRIES_OUT = new Set(data.carries_out), FOLLOWS = new Set(data.follows);
// The best linked nodes come first.
const order = nodes.map((_, i) => i);
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
  const faint = (chosen === null ? 0.5 : 0.12) * Math.min(1, Math.sqrt(800 / (shownEdges.length || 1)));
  context.strokeStyle = `rgba(90,105,125,${faint})`;
  context.beginPath();
  shownEdges.forEach((e) => { context.moveTo(...at(nodes[e[0]])); context.lineTo(...at(nodes[e[1]])); });
  context.stroke();
  if (chosen !== null) shownEdges.forEach((e) => { if (e[0] === chosen || e[1] === chosen) arrow(nodes[e[0]], nodes[e[1]]); });
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

function arrow(from, to) {
  const [x1, y1] = at(from), [x2, y2] = at(to), away = Math.hypot(x2 - x1, y2 - y1);
  if (away < 1) return;
  const [dx, dy] = [(x2 - x1) / away, (y2 - y1) / away], tip = away - radius(to);
  const [x, y] = [x1 + dx * tip, y1 + dy * tip];
  context.lineWidth = 1.3; context.strokeStyle = context.fillStyle = "rgba(30,60,110,.65)";
  context.beginPath(); context.moveTo(x1, y1); context.lineTo(x, y); context.stroke();
  context.beginPath(); context.moveTo(x, y);
  context.lineTo(x - dx * 7 - dy * 3, y - dy * 7 + dx * 3); context.lineTo(x - dx * 7 + dy * 3, y - dy * 7 - dx * 3); context.fill();
}

function label() {
  // Labels go to the chosen node, then to the largest first, on the side where they cover fewest nodes; one that would
  // cover another label is left out.
  const taken = [], visible = nodes.filter((_, i) => shown[i]).map(at);
  const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  context.font = "12px system-ui, sans-serif"; context.lineWidth = 3;
  context.strokeStyle = "rgba(255,255,255,.9)"; context.fillStyle = "#1d2530";
  for (const i of chosen === null ? order : [chosen, ...order.filter((i) => i !== chosen)]) {
    if (taken.length > 40 * Math.max(1, view.scale)) break;
    if (!shown[i] || (chosen !== null && !near.has(i))) continue;
    const [x, y] = at(nodes[i]);
    if (x < 0 || y < 0 || x > canvas.clientWidth || y > canvas.clientHeight) continue;
    const text = short(nodes[i].label, 34), wide = context.measureText(text).width;
    const gap = radius(nodes[i]) + 3, beside = [[x + gap, y], [x - wide - gap, y], [x - wide / 2, y + gap + 8], [x - wide / 2, y - gap - 8]];
    const free = beside.map(([left, middle]) => [left - 2, middle - 10, left + wide + 4, middle + 8])
      .filter((box) => box[0] >= 0 && box[2] <= canvas.clientWidth && !taken.some((other) => meet(box, other)))
      .map((box) => [box, visible.filter(([a, b]) => meet(box, [a - 3, b - 3, a + 3, b + 3])).length]);
    if (!free.length) continue;
    const [box] = free.reduce((best, one) => (one[1] < best[1] ? one : best));
    taken.push(box);
    context.strokeText(text, box[0] + 2, box[1] + 14); context.fillText(text, box[0] + 2, box[1] + 14);
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
  if (i !== null) describe(i, byId("panel"));
  else if (nodes.length) byId("panel").append(byId("intro").content.cloneNode(true));
  else element("p", words.none, byId("panel"));
  byId("panel").scrollTop = 0;
  draw();
}

function describe(i, panel) {
  const node = nodes[i];
  element("h2", node.label, panel);
  if (node.title) element("p", node.title, panel);
  const facts = [[words.type, node.type], [words.issuer, node.issuer], [words.place, node.place], [words.level, data.levels[node.level]],
    [words.date, day(node.date)], [words.id, node.id]];
  facts.forEach(([name, value]) => { if (value) element("p", `${name}: ${value}`, panel, "fact"); });
  cascade(i, panel);
  list(words.cited_by, into[i], 0, panel);
  list(words.cites_these, out[i], 1, panel);
}

function day(date) { return (date || "").split("-").reverse().join("/"); }

function named(node) { return node.label.replace(/ \(\d{4}\)$/, "") + (node.place ? " · " + node.place : ""); }

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
      const held = new Map();
      edge[4].forEach(([row, ...range]) => held.set(row, [...(held.get(row) || []), range]));
      held.forEach((ranges, row) => quote(row, ranges, details));
    });
  });
}

function quote(row, ranges, parent) {
  const made = element("blockquote", undefined, parent), text = [...sentences[row][1]];
  let last = 0;
  ranges.sort((a, b) => a[0] - b[0]).forEach(([start, end]) => {
    made.append(text.slice(last, Math.max(start, last)).join(""));
    element("mark", text.slice(Math.max(start, last), end).join(""), made);
    last = Math.max(end, last);
  });
  made.append(text.slice(last).join(""));
  element("p", sentences[row][0], made, "fact");
}

// --- cascade ------------------------------------------------------------------------------------------------------
function steps(root) {
  const found = [], seen = new Set([root]), queue = [root];
  while (queue.length) {
    const via = queue.shift();
    into[via].forEach(([i, , type]) => {
      if (CARRIES_OUT.has(type) && !seen.has(i) && !nodes[i].reports) { seen.add(i); queue.push(i); found.push({ i, type }); }
    });
  }
  return found;
}

function cascade(root, panel) {
  const found = steps(root), start = days(nodes[root]);
  found.forEach((step) => { step.days = start === null ? null : days(nodes[step.i]); });
  found.sort((a, b) => (a.days ?? Infinity) - (b.days ?? Infinity));
  if (found.length) {
    element("h3", `${words.cascade} (${found.length})`, panel);
    const last = Math.max(1, ...found.map((step) => (step.days ?? start) - start)), lines = element("ol", undefined, panel, "timeline");
    line(lines, nodes[root], root, `${words.issued} ${day(nodes[root].date) || words.undated}`, 0);
    found.forEach(({ i, type, days: when }) => {
      const gap = when === null ? null : when - start;
      const later = gap === null ? "" : ", " + (gap < 0 ? words.before : words.after).replace("{}", Math.abs(gap));
      const says = `${data.relations[type]}, ${day(nodes[i].date) || words.undated}${later}`;
      line(lines, nodes[i], i, says, gap === null ? null : Math.max(gap, 0) / last);
    });
  }
  const plans = new Set(found.filter(({ i }) => nodes[i].place).map(({ i }) => nodes[i].place + nodes[i].level));
  const alone = into[root].filter((e) => e[2] === "cites" && e[0] !== root && !plans.has(nodes[e[0]].place + nodes[e[0]].level));
  if (found.length) names(words.alone, alone.map((e) => [named(nodes[e[0]]), e[0]]), panel);
  const said = into[root].filter((e) => FOLLOWS.has(e[2])).map((e) => [`${named(nodes[e[0]])} (${data.relations[e[2]]})`, e[0]]);
  const stated = new Set(said.map(([, i]) => nodes[i].label));
  const known = nodes[root].known.filter(([label]) => !stated.has(label));
  names(words.replaced, [...said, ...known.map(([label, date]) => [`${label}, ${day(date)} (${words.registry})`, null])], panel);
}

function days(node) { return /^\d{4}-\d\d-\d\d$/.test(node.date || "") ? Date.parse(node.date) / 864e5 : null; }

function line(parent, node, i, says, share) {
  const item = element("li", undefined, parent), go = element("button", named(node), item, "link");
  go.addEventListener("click", () => choose(i, true));
  element("span", says, item, "fact");
  const track = element("div", undefined, item, "track");
  if (share === null) return;
  const dot = element("i", undefined, track);
  dot.style.left = `${share * 100}%`;
  dot.style.background = COLOURS[node.kind];
}

function names(title, found, panel) {
  if (!found.length) return;
  const details = element("details", undefined, panel), items = element("ul", undefined, details);
  details.prepend(element("summary", `${title} (${found.length})`));
  found.forEach(([text, i]) => {
    const item = element("li", i === null ? text : undefined, items);
    if (i !== null) element("button", text, item, "link").addEventListener("click", () => choose(i, true));
  });
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
canvas.addEventListener("pointercancel", () => { drag = null; });
canvas.addEventListener("pointermove", (e) => {
  if (!drag) { const i = nearest(e.offsetX, e.offsetY); canvas.title = i === null ? "" : nodes[i].label; return; }
  const dx = e.offsetX - drag.x, dy = e.offsetY - drag.y;
  if (!drag.moved && Math.hypot(dx, dy) < 4) return;
  view.x -= dx / view.scale; view.y -= dy / view.scale; drag = { x: e.offsetX, y: e.offsetY, moved: true };
  draw();
});
canvas.addEventListener("pointerup", (e) => { if (drag && !drag.moved) choose(nearest(e.offsetX, e.offsetY)); drag = null; });
// What lies under the point stays there; without a point it is the middle.
function zoom(by, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
  const before = view.scale, [dx, dy] = [x - canvas.clientWidth / 2, y - canvas.clientHeight / 2];
  view.scale = Math.min(Math.max(before * by, 0.05), 400);
  view.x += dx / before - dx / view.scale; view.y += dy / before - dy / view.scale;
  draw();
}
canvas.addEventListener("wheel", (e) => { e.preventDefault(); zoom(Math.exp(-e.deltaY / 500), e.offsetX, e.offsetY); }, { passive: false });
byId("nearer").addEventListener("click", () => zoom(1.5));
byId("farther").addEventListener("click", () => zoom(1 / 1.5));
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
  const fits = order.filter((i) => shown[i] && wanted.split(/\s+/).every((w) => folded[i].includes(w)));
  // What is called so stands before what only speaks of it.
  const called = new Set(fits.filter((i) => fold(nodes[i].label).includes(wanted)));
  const found = [...called, ...fits.filter((i) => !called.has(i))];
  found.slice(0, 30).forEach((i) => {
    const hit = element("button", `${named(nodes[i])}${nodes[i].year ? " · " + nodes[i].year : ""}`, hits);
    hit.addEventListener("click", () => { hits.replaceChildren(); choose(i, true); });
  });
  if (!found.length) element("p", words.none_found, hits);
});
byId("search").addEventListener("keydown", (e) => {
  const first = byId("hits").querySelector("button");
  if (e.key === "Enter" && first) first.click();
  if (e.key === "ArrowDown" && first) { first.focus(); e.preventDefault(); }
  if (e.key === "Escape") byId("hits").replaceChildren();
});
byId("hits").addEventListener("keydown", (e) => {
  const next = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[e.key];
  if (next) { (document.activeElement[next] || byId("search")).focus(); e.preventDefault(); }
  if (e.key === "Escape") { byId("hits").replaceChildren(); byId("search").focus(); }
});
byId("whole").addEventListener("click", () => { fit(); choose(null); });
document.querySelectorAll("header select, header [name=kind], header [type=number]").forEach((control) => control.addEventListener("input", filter));
fillSelect(byId("type"), nodes.map((n) => n.type));
fillSelect(byId("relation"), edges.map((e) => e[2]), (key) => data.relations[key]);
new ResizeObserver(draw).observe(canvas);
fit(); filter(); choose(null);
