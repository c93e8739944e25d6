// The columns on the screen: each follows its newest row, and says where something new waits unseen.

const chat = document.getElementById("chat");
const NEAR = 90; // pixels from the end that still count as reading the newest
const onScreen = new WeakSet();
const followedTo = new WeakMap(); // column → where following its newest row left the scroll position

export const columns = () => [...chat.querySelectorAll("[data-testid=column]")];
export const columnOf = (key) => columns().find((column) => column.dataset.conversation === key);
const timelineOf = (column) => column.querySelector(".timeline");
const jumpOf = (column) => column.querySelector("[data-role=jump]");

const watcher = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) onScreen.add(target);
      else onScreen.delete(target);
      markCurrent(target, isIntersecting);
    }
  },
  { threshold: 0.6 },
);

/** Take care of a column that just appeared. */
export function adopt(column) {
  watcher.observe(column);
  timelineOf(column).addEventListener("scroll", () => {
    if (isAtEnd(column)) jumpOf(column).hidden = true;
  });
  follow(column);
}

/** Whoever has not scrolled away from the newest row reads on. */
export function isAtEnd(column) {
  const { scrollHeight, scrollTop, clientHeight } = timelineOf(column);
  return scrollHeight - scrollTop - clientHeight < NEAR || followedTo.get(column) === scrollTop;
}

export function toEnd(column) {
  const timeline = timelineOf(column);
  timeline.scrollTop = timeline.scrollHeight;
}

/** To the end; but what is longer than the window is read from its beginning, unless it is to be pressed. */
export function follow(column) {
  toEnd(column);
  const timeline = timelineOf(column);
  const newest = timeline.querySelector("[data-row]:last-child");
  if (!newest || newest.offsetHeight <= timeline.clientHeight || newest.querySelector(".buttons")) return;
  timeline.scrollTop = newest.offsetTop - timeline.offsetTop;
  followedTo.set(column, timeline.scrollTop);
}

/** Rows were added or redrawn: follow them, or say where they are. */
export function announce(column, rows, wasAtEnd) {
  for (const { row, isNew } of rows) row.classList.add(isNew ? "fresh" : "redrawn");
  if (!onScreen.has(column)) markUnread(column, true);
  if (!wasAtEnd && !isInView(column, rows[0].row)) offerJump(column, rows[0].row);
}

/** Bring one's own conversation into the window, unless one is there already. */
export function showOwn() {
  const own = columns().filter((column) => !column.classList.contains("outsider"));
  if (!own.some((column) => onScreen.has(column))) own[0]?.scrollIntoView({ inline: "nearest", block: "nearest" });
}

function offerJump(column, row) {
  const button = jumpOf(column);
  button.hidden = false;
  button.onclick = () => {
    if (row.isConnected) row.scrollIntoView({ block: "nearest", behavior: "smooth" });
    else toEnd(column);
    button.hidden = true;
  };
}

function isInView(column, row) {
  const [frame, box] = [timelineOf(column), row].map((piece) => piece.getBoundingClientRect());
  return box.top < frame.bottom - 40 && box.bottom > frame.top + 40;
}

function tabOf(column) {
  return [...chat.querySelectorAll("[data-goto]")].find((tab) => tab.dataset.goto === column.dataset.conversation);
}

function markUnread(column, isUnread) {
  const dot = tabOf(column)?.querySelector(".dot");
  if (dot) dot.hidden = !isUnread;
}

function markCurrent(column, isCurrent) {
  const tab = tabOf(column);
  if (!tab) return;
  tab.classList.toggle("current", isCurrent);
  if (!isCurrent) return;
  markUnread(column, false);
  const strip = tab.parentElement;
  const outside = tab.offsetLeft < strip.scrollLeft || tab.offsetLeft + tab.offsetWidth > strip.scrollLeft + strip.clientWidth;
  if (outside) strip.scrollTo({ left: tab.offsetLeft - 40, behavior: "smooth" });
}

chat.addEventListener("click", (event) => {
  const key = event.target.closest("[data-goto]")?.dataset.goto;
  if (key) columnOf(key)?.scrollIntoView({ behavior: "smooth", inline: "center", block: "nearest" });
});

columns().forEach(adopt);
