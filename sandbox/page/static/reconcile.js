// Keyed children: the server marks each piece with data-key and a fingerprint of its HTML (data-version).
// What did not change stays the same element: open forms, drafts, focus and scroll positions survive.

/** Make `live` look like `fresh`; `report(element, isNew)` hears of every piece that was added or replaced. */
export function reconcile(live, fresh, report = () => {}) {
  for (const { name, value } of fresh.attributes) if (live.getAttribute(name) !== value) live.setAttribute(name, value);
  const old = new Map([...live.children].map((child) => [child.dataset.key, child]));
  const pieces = [...fresh.children].map((child) => {
    const kept = old.get(child.dataset.key);
    old.delete(child.dataset.key);
    return kept ? update(kept, child, report) : added(child, report);
  });
  for (const gone of old.values()) gone.remove();
  pieces.forEach((piece, index) => {
    if (live.children[index] !== piece) live.insertBefore(piece, live.children[index] ?? null);
  });
}

function added(child, report) {
  report(child, true);
  return child;
}

function update(kept, child, report) {
  if ("container" in child.dataset) {
    reconcile(kept, child, report);
    return kept;
  }
  if (kept.dataset.version === child.dataset.version) return kept;
  keepDraft(kept, child);
  kept.replaceWith(child);
  report(child, false);
  return child;
}

function keepDraft(kept, child) {
  const [before, after] = [kept, child].map((piece) => piece.querySelector("textarea"));
  if (before && after) after.value = before.value;
}
