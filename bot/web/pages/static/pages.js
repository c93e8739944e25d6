// An open page hears that the plan changed and asks for itself again; nothing else needs a script.

const place = document.body.dataset;
const news = document.querySelector(".news");
const CALM = 1500; // milliseconds without another change before the page asks again
const LATER = 30000; // milliseconds until a stream that was refused is asked for again
let source;
let heard = Number(place.stamp); // the newest stamp that was told of; the page itself shows that of `place`
let timer = 0;
let behind = false; // the plan changed, and the page waits for whoever writes on it

function listen() {
  if (!place.live || source || document.hidden) return;
  const since = `since=${encodeURIComponent(place.stamp)}`;
  source = new EventSource(`${place.live}${place.live.includes("?") ? "&" : "?"}${since}`);
  source.addEventListener("plan", (event) => {
    heard = Number(event.data);
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

/** Bring the page up to date, unless that took from somebody what they write, or what they were told just now. */
function again() {
  if (heard <= Number(place.stamp)) return;
  const fields = [...document.querySelectorAll("#main :is(input:not([type=hidden]), textarea, select)")];
  const told = document.querySelector("#main [data-once]");
  const answering = document.querySelector("#main .act[open]");
  behind = Boolean(told || answering) || fields.some((one) => one === document.activeElement || isTouched(one));
  news.textContent = behind ? news.dataset.held : news.dataset.text;
  if (behind) return;
  setTimeout(() => (news.textContent = behind ? news.textContent : ""), 4000);
  htmx.ajax("GET", location.pathname + location.search, {
    target: "#main", select: "#main", selectOOB: "#revision,#on-paper", swap: "outerHTML",
  }).then(() => (place.stamp = Math.max(Number(place.stamp), heard)));
}

/** Whether a field has another value than it came with. */
function isTouched(field) {
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (!field.options) return field.value !== field.defaultValue;
  return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
}

/** What a form was answered with is as new as it says; who is not logged in any more is told so on a page of its own. */
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.requestConfig.verb !== "post") return;
  if (detail.xhr.status === 401) return location.reload();
  place.stamp = Math.max(Number(place.stamp), Number(/data-stamp="(\d+)"/.exec(detail.xhr.responseText)?.[1] ?? 0));
  behind = false;
  news.textContent = "";
});
document.addEventListener("htmx:sendError", ({ detail }) => {
  if (detail.requestConfig.verb === "post") news.textContent = news.dataset.unsent;
});
document.addEventListener("click", (event) => event.target.closest("[data-print]") && print());
document.addEventListener("visibilitychange", () => (document.hidden ? hush() : listen()));
document.addEventListener("focusout", () => setTimeout(() => behind && again()));
addEventListener("pagehide", hush);
listen();
