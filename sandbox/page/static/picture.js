// The picture of what a change does, over the page: whole where that is legible, else in its own size, to be scrolled.

import { element, text, toast } from "./talk.js";

const LEGIBLE = 0.6; // of its own size
const dialog = element(`<dialog class="picture" data-testid="picture">
  <header><h2></h2>
    <button type="button" data-role="size"></button>
    <a target="_blank" rel="noopener">新窗口打开</a>
    <button type="button" data-role="close">关闭</button></header>
  <div class="picture-room" tabindex="0"><img alt=""></div>
</dialog>`);
document.body.append(dialog);
const [heading, size, link, room, image] = ["h2", "[data-role=size]", "a", ".picture-room", "img"].map((piece) =>
  dialog.querySelector(piece),
);
let begins = [0, 0]; // the middle of the first box

document.addEventListener("click", (event) => {
  const opener = event.target.closest("a[data-picture]");
  if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(opener);
});

async function show(opener) {
  try {
    const svg = await text(opener.getAttribute("href"));
    // Read as text: as a document it would bring its style sheet under this page's policy.
    [image.width, image.height] = measures(svg, /<svg [^>]*?width="(\d+)" height="(\d+)"/, [800, 600]);
    begins = measures(svg, /data-begins="(\d+) (\d+)"/, [0, 0]);
    heading.textContent = `影响图 · ${opener.dataset.picture}`;
    link.href = opener.href;
    image.alt = heading.textContent;
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    dialog.showModal();
    fit();
  } catch (error) {
    toast(error.message, "danger");
  }
}

const measures = (svg, pattern, otherwise) => pattern.exec(svg)?.slice(1).map(Number) ?? otherwise;

function fit() {
  draw(Math.min(room.clientWidth / image.width, room.clientHeight / image.height) >= LEGIBLE);
}

function draw(isWhole) {
  room.classList.toggle("whole", isWhole);
  size.textContent = isWhole ? "原大" : "整图";
  if (!isWhole) room.scrollTo(begins[0] - room.clientWidth / 2, begins[1] - room.clientHeight / 3);
}

const turn = () => draw(!room.classList.contains("whole"));
size.addEventListener("click", turn);
image.addEventListener("click", turn);
dialog.querySelector("[data-role=close]").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
