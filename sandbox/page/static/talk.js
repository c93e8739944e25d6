// Talking with the server: it answers with a fragment, with nothing, or with a sentence for the reader.

const NO_ANSWER = "连不上沙盒，请检查它是否还在运行。";

export const me = () => document.body.dataset.me;

/** A fragment as an element, or null when there is nothing for this person. */
export async function fragment(path, query = {}) {
  const response = await send(`${path}?${new URLSearchParams({ as: me(), ...query })}`);
  return response.status === 204 ? null : element(await response.text());
}

/** The text of an answer. */
export async function text(path) {
  return (await send(path)).text();
}

/** Do something as the chosen person; gives the answer's text. Throws an Error whose message can be shown. */
export async function act(path, fields = {}) {
  return (await send(path, { method: "POST", body: new URLSearchParams({ as: me(), ...fields }) })).text();
}

export function toast(sentence, kind = "info") {
  const note = document.createElement("p");
  note.className = `toast ${kind}`;
  note.textContent = sentence;
  document.querySelector("[data-role=toasts]").append(note);
  setTimeout(() => note.remove(), 6000);
}

export function element(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

async function send(path, options) {
  const response = await fetch(path, options).catch(() => {
    throw new Error(NO_ANSWER);
  });
  if (!response.ok) throw Object.assign(new Error(await response.text()), { status: response.status });
  return response;
}
