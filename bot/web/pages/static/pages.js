// An open page hears that the plan changed and asks for itself again; nothing else needs a script.

const place = document.body.dataset;
const news = document.querySelector(".news");
const CALM = 1500; // milliseconds without another change before the page asks again
const LATER = 30000; // milliseconds until a stream that was refused is asked for again
let source;
let timer = 0;

function listen() {
  if (!place.live || source || document.hidden) return;
  const since = `since=${encodeURIComponent(place.stamp)}`;
  source = new EventSource(`${place.live}${place.live.includes("?") ? "&" : "?"}${since}`);
  source.addEventListener("plan", (event) => {
    place.stamp = event.data;
    clearTimeout(timer);
    timer = setTimeout(again, CALM);
  });
  source.addEventListener("over", () => location.reload());
  source.addEventListener("error", refused);
}

/** The stream was refused, and the browser will not ask again: somebody was logged out, or there is trouble. */
async function refused() {
  if (source?.readyState !== EventSource.CLOSED) return;
  hush();
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.status === 401) location.reload();
  else setTimeout(listen, LATER);
}

function hush() {
  source?.close();
  source = undefined;
}

/** Bring the page up to date, unless somebody is writing on it. */
function again() {
  const writing = document.activeElement?.matches("input:not([type=hidden]), textarea, select");
  news.textContent = news.dataset.text;
  setTimeout(() => (news.textContent = ""), 4000);
  if (writing) return;
  htmx.ajax("GET", location.pathname + location.search, { target: "#main", select: "#main", swap: "outerHTML" });
}

document.addEventListener("visibilitychange", () => (document.hidden ? hush() : listen()));
addEventListener("pagehide", hush);
listen();
