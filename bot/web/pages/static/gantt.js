// Only the rows in view are there: as one scrolls, the next ones are asked for and take the place of those before.

const AHEAD = 30; // rows kept on either side of those in view
let stop;

function begin() {
  stop?.abort();
  const list = document.querySelector(".gantt-rows");
  if (!list || Number(list.dataset.total) <= list.children.length) return;
  stop = new AbortController();
  const total = Number(list.dataset.total);
  const size = Number(list.dataset.window);
  const height = list.firstElementChild.getBoundingClientRect().height;
  let at = Number(list.dataset.from);
  let asking;
  let timer = 0;

  function place() {
    list.style.paddingTop = `${at * height}px`;
    list.style.height = `${total * height}px`;
  }

  /** First row in view. */
  function first() {
    const over = -list.getBoundingClientRect().top;
    return Math.max(0, Math.min(total - 1, Math.floor(over / height)));
  }

  async function look() {
    const top = first();
    const rows = Math.ceil(innerHeight / height);
    const missing = top < at || (top + rows > at + size && at + size < total);
    const near = top - at < AHEAD / 2 && at > 0 || (at + size - top - rows < AHEAD / 2 && at + size < total);
    if (!missing && !near) return;
    const wanted = Math.max(0, Math.min(top - AHEAD, total - size));
    if (wanted === asking || wanted === at) return;
    asking = wanted;
    const address = list.dataset.address;
    const answer = await rowsFrom(`${address}${address.includes("?") ? "&" : "?"}at=${wanted}`);
    if (asking !== wanted) return;
    asking = undefined;
    if (!answer) return; // they are asked for again at the next scroll
    if (!answer.ok) return location.reload();
    const held = document.activeElement?.closest("[data-row]")?.dataset.row;
    list.innerHTML = answer.text;
    at = wanted;
    place();
    if (held) list.querySelector(`[data-row="${held}"] a`)?.focus({ preventScroll: true });
    const state = new URL(location);
    state.searchParams.set("row", first());
    history.replaceState(null, "", state);
    look();
  }

  /** What an address answers; null where nothing comes. */
  async function rowsFrom(address) {
    try {
      const answer = await fetch(address, { signal: stop.signal });
      return { ok: answer.ok, text: await answer.text() };
    } catch {
      return null;
    }
  }

  place();
  if (at) scrollTo(0, list.getBoundingClientRect().top + scrollY + at * height - 120);
  addEventListener("scroll", () => { clearTimeout(timer); timer = setTimeout(look, 40); }, { signal: stop.signal, passive: true });
  addEventListener("resize", () => { clearTimeout(timer); timer = setTimeout(begin, 200); }, { signal: stop.signal });
  look();
}

document.body.addEventListener("htmx:afterSettle", begin);
begin();
