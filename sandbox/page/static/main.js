// The page as a whole: who one is, the way to the plan, the next morning, and what the server tells.

import "./actions.js";
import { showOwn } from "./columns.js";
import { listen } from "./live.js";
import "./picture.js";
import { refreshColumn, refreshStage } from "./refresh.js";
import { act, toast } from "./talk.js";

const { body } = document;
const persona = document.querySelector("[data-testid=persona]");
const morning = document.querySelector("[data-testid=next-morning]");

// Who one is: kept in the address, so that two windows can be two people and a link brings back the same one.
persona.addEventListener("change", async () => {
  await become(persona.value);
  showOwn();
});
document.getElementById("chat").addEventListener("click", (event) => {
  const person = event.target.closest("[data-become]")?.dataset.become;
  if (person) become(person);
});

async function become(person) {
  body.dataset.me = persona.value = person;
  showAvatar();
  const address = new URL(location.href);
  address.searchParams.set("as", person);
  history.replaceState(null, "", address);
  await refreshStage();
}

function showAvatar() {
  const { hue, initials } = persona.selectedOptions[0].dataset;
  const avatar = document.querySelector("[data-role=my-avatar]");
  avatar.className = `avatar hue-${hue}`;
  avatar.textContent = initials;
}

// The plan is opened by whoever one is at that moment.
document.querySelector(".to-plan")?.addEventListener("formdata", ({ formData }) => formData.set("as", body.dataset.me));

// The next morning
morning.addEventListener("click", async () => {
  morning.disabled = true;
  morning.setAttribute("aria-busy", "true");
  try {
    toast(await act("next-morning"), "success");
    await refreshStage();
  } catch (error) {
    toast(error.message, "danger");
  }
  morning.disabled = false;
  morning.removeAttribute("aria-busy");
});

// What the server tells
listen({
  hello({ boot, stamp }) {
    if (boot !== body.dataset.boot) return location.reload();
    if (stamp !== body.dataset.stamp) refreshStage();
  },
  change({ conversation }) {
    refreshColumn(conversation);
  },
  lost(isLost) {
    document.querySelector("[data-role=lost]").hidden = !isLost;
  },
});

// A browser may restore the last choice of a form after a reload; the address is what counts.
persona.value = body.dataset.me;
if (persona.value) showAvatar();
showOwn();
