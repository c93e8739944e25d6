// What a person does in a conversation: type, try an example, press a card's button, fill its form.

import { columnOf, toEnd } from "./columns.js";
import { act, toast } from "./talk.js";

const chat = document.getElementById("chat");
const conversationOf = (piece) => piece.closest("[data-conversation]").dataset.conversation;

chat.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.matches(".composer")) say(event.target);
  if (event.target.matches(".ask")) press(event.target.closest(".card"), event.target.dataset.action, event.target);
});

chat.addEventListener("click", (event) => {
  const example = event.target.closest("[data-example]");
  const button = event.target.closest(".buttons [data-action]");
  if (example) take(example);
  else if (button && "asks" in button.dataset) toggleForm(button);
  else if (button) press(button.closest(".card"), button.dataset.action);
});

chat.addEventListener("keydown", (event) => {
  // While an input method is composing, Enter chooses a word; it does not send.
  const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
  if (!sends || !event.target.matches(".composer textarea")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

chat.addEventListener("input", (event) => {
  if (event.target.matches(".composer textarea")) grow(event.target);
});

function take(example) {
  const box = example.closest("footer").querySelector("textarea");
  box.value = example.dataset.example;
  grow(box);
  box.focus();
}

function grow(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 120)}px`;
}

async function say(form) {
  const box = form.elements.text;
  const words = box.value;
  if (!words.trim()) return box.focus();
  const conversation = conversationOf(form);
  box.value = "";
  grow(box);
  toEnd(columnOf(conversation));
  try {
    await act("say", { conversation, text: words });
  } catch (error) {
    toast(error.message, "danger");
  }
}

function toggleForm(button) {
  const card = button.closest(".card");
  for (const form of card.querySelectorAll(".ask")) {
    form.hidden = form.dataset.action !== button.dataset.action || !form.hidden;
    if (!form.hidden) {
      form.elements.input.focus({ preventScroll: true });
      form.scrollIntoView({ block: "nearest", behavior: "smooth" });
    }
  }
  for (const other of card.querySelectorAll("[data-asks]"))
    other.setAttribute("aria-expanded", String(!formOf(card, other.dataset.action).hidden));
}

const formOf = (card, action) => [...card.querySelectorAll(".ask")].find((form) => form.dataset.action === action);

/** Pending until the bot answers; the sentence, if any, stands below the buttons, where the thumb is. */
async function press(card, action, form = null) {
  const [conversation, id] = [conversationOf(card), card.dataset.card];
  const fields = { conversation, card: id, action };
  if (form) fields.input = form.elements.input.value;
  wait(card, action, true);
  let sentence = "";
  try {
    await act("click", fields);
  } catch (error) {
    sentence = error.message;
  }
  // The bot may have redrawn the card while we waited: then this is another element.
  const now = [...columnOf(conversation).querySelectorAll(".card")].find((other) => other.dataset.card === id);
  if (!now) return;
  wait(now, action, false);
  const outcome = now.querySelector(".outcome");
  outcome.textContent = sentence;
  if (sentence) outcome.scrollIntoView({ block: "nearest" });
  if (!sentence && form?.isConnected) close(form);
}

function close(form) {
  form.hidden = true;
  form.reset();
  form.closest(".card").querySelectorAll("[data-asks]").forEach((b) => b.setAttribute("aria-expanded", "false"));
}

function wait(card, action, isPending) {
  card.toggleAttribute("data-pending", isPending);
  if (isPending) card.querySelector(".outcome").textContent = "";
  for (const button of card.querySelectorAll("button")) {
    button.disabled = isPending;
    button.toggleAttribute("aria-busy", isPending && button.dataset.action === action);
  }
}
