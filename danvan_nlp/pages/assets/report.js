"use strict";
const chosen = new Set();
const units = [...document.querySelectorAll(".u.t")];
document.querySelectorAll(".themes button").forEach((button) => {
  button.addEventListener("click", () => {
    const key = button.dataset.theme, on = !chosen.has(key);
    on ? chosen.add(key) : chosen.delete(key);
    button.setAttribute("aria-pressed", String(on));
    document.body.classList.toggle("faded", chosen.size > 0);
    units.forEach((unit) => unit.classList.toggle("on", unit.dataset.themes.split(" ").some((t) => chosen.has(t))));
    const first = units.find((unit) => unit.classList.contains("on"));
    if (on && first) first.scrollIntoView({ block: "center" });
  });
});
