// The plan tab: read when it is looked at, read again when something happened, filtered in place.

import { element, fragment, text, toast } from "./talk.js";

const panel = document.getElementById("plan");
const body = panel.querySelector("[data-role=plan-body]");
const filter = panel.querySelector("[data-testid=plan-filter]");
const onlyChanged = panel.querySelector("[data-testid=plan-only-changed]");
const badge = document.querySelector("[data-role=plan-badge]");
const CALM = 500; // milliseconds without a change before the plan is read again
let timer = 0;

/** Something happened: the plan may be another one soon. */
export function planMayHaveChanged() {
  clearTimeout(timer);
  timer = setTimeout(refreshPlan, CALM);
}

export async function refreshPlan() {
  if (panel.hidden) return showRevision(await text("plan/revision").catch(() => ""));
  try {
    body.replaceChildren(await fragment("plan"));
    showRevision(body.firstElementChild.dataset.planRevision);
    applyFilter();
  } catch (error) {
    body.replaceChildren(error.status === 503 ? element(error.message) : sentence(error.message));
  }
}

function sentence(words) {
  const line = document.createElement("p");
  line.className = "empty";
  line.textContent = words;
  return line;
}

function showRevision(number) {
  badge.hidden = !number || number === "0";
  const words = `第 ${number} 版`;
  if (badge.textContent && badge.textContent !== words && !badge.hidden) toast(`计划已更新到${words}`, "success");
  badge.textContent = badge.hidden ? "" : words;
}

function applyFilter() {
  const wanted = filter.value.trim().toLowerCase().split(/\s+/);
  for (const group of body.querySelectorAll("tbody")) {
    const rows = [...group.querySelectorAll(".item")];
    for (const row of rows) row.hidden = !matches(row, group.dataset.department, wanted);
    group.hidden = rows.every((row) => row.hidden);
  }
  const nothing = body.querySelector("[data-role=nothing-found]");
  if (nothing) nothing.hidden = !body.querySelector(".item") || !!body.querySelector(".item:not([hidden])");
}

function matches(row, department, wanted) {
  if (onlyChanged.checked && !row.classList.contains("changed")) return false;
  const words = `${department} ${row.textContent}`.toLowerCase();
  return wanted.every((word) => words.includes(word));
}

filter.addEventListener("input", applyFilter);
onlyChanged.addEventListener("change", applyFilter);
body.addEventListener("click", (event) => {
  if (event.target.closest("[data-role=plan-again]")) refreshPlan();
});
