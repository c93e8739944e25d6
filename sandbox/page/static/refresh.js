// Fetching anew what changed: one fetch after the other, so that an older answer never covers a newer one.

import { adopt, announce, columnOf, columns, follow, isAtEnd } from "./columns.js";
import { reconcile } from "./reconcile.js";
import { fragment, toast } from "./talk.js";

const EVERYTHING = Symbol("everything");
const dirty = new Set();
let running = null;

/** One conversation changed. */
export function refreshColumn(key) {
  dirty.add(key);
  return (running ??= drain());
}

/** Another person looks, or something may have been missed. */
export function refreshStage() {
  dirty.add(EVERYTHING);
  return (running ??= drain());
}

async function drain() {
  try {
    while (dirty.size) await next();
  } catch (error) {
    dirty.clear();
    toast(error.message, "danger");
  } finally {
    running = null;
  }
}

async function next() {
  const key = dirty.has(EVERYTHING) || !columnOf([...dirty][0]) ? EVERYTHING : [...dirty][0];
  if (key === EVERYTHING) dirty.clear();
  else dirty.delete(key);
  await (key === EVERYTHING ? stage() : one(columnOf(key), key));
}

async function stage() {
  const someoneElse = document.body.dataset.me !== document.body.dataset.shown;
  document.body.dataset.shown = document.body.dataset.me;
  const fresh = await fragment("stage");
  apply(document.getElementById("chat").firstElementChild, fresh, someoneElse);
  document.body.dataset.stamp = fresh.dataset.stamp;
  for (const today of document.querySelectorAll("[data-role=today]")) today.textContent = fresh.dataset.today;
}

async function one(column, key) {
  const fresh = await fragment("column", { conversation: key });
  if (fresh) apply(column, fresh, false);
}

/** Draw, then scroll and announce; what only looks different to someone else is no news. */
function apply(live, fresh, isQuiet) {
  const before = new Map(columns().map((column) => [column, isAtEnd(column)]));
  const changed = new Map();
  reconcile(live, fresh, (row, isNew) => {
    if ("row" in row.dataset) changed.set(row, isNew);
  });
  for (const column of columns()) {
    if (!before.has(column)) adopt(column);
    else settle(column, changed, before.get(column), isQuiet);
  }
}

function settle(column, changed, wasAtEnd, isQuiet) {
  const rows = [...changed].filter(([row]) => column.contains(row)).map(([row, isNew]) => ({ row, isNew }));
  if (wasAtEnd && rows.length) follow(column);
  if (rows.length && !isQuiet) announce(column, rows, wasAtEnd);
}
