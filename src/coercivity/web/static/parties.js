// Keys of the Parties screen. Each presses a button or fills a field that is on the page; nothing here decides anything.
"use strict";

const work = () => document.getElementById("work");
const ask = document.getElementById("ask");
const isBusy = () => work().getAttribute("aria-busy") === "true";
const cards = () => Array.from(work().querySelectorAll("[data-pair]"));
const current = () => document.activeElement.closest("[data-pair]") || work().querySelector("[data-pair][data-focus]") || cards()[0];
const waiting = []; // keys pressed while the page fetches the next pairs
let asked = null; // { card, says }: a decision that waits for its reason

function go(card) {
  if (!card) return;
  card.focus({ preventScroll: true });
  const box = card.getBoundingClientRect();
  if (box.top < 0 || box.bottom > innerHeight) card.scrollIntoView({ block: "start" });
}

function press(card, says) {
  card.querySelector(`.judge button[value="${says}"]`)?.click();
}

function cancel() {
  asked?.card.classList.remove("asked");
  asked = null;
  ask.replaceChildren();
}

function begin_asking(card, says) {
  cancel();
  if (!card.querySelector(`.judge button[value="${says}"]`)) return;
  asked = { card, says };
  card.classList.add("asked");
  ask.replaceChildren(document.getElementById(`ask-${says}`).content.cloneNode(true));
  go(card);
}

// The number of a reason, 0 for one in words.
function answer(key) {
  const { card, says } = asked;
  const own = card.querySelector("[name=why]"), by = card.querySelector("[name=by]");
  if (key === "0") { own.focus(); return; }
  const reason = ask.querySelectorAll("li")[Number(key) - 1];
  if (!reason) return;
  card.querySelector("[name=reason]").value = reason.dataset.value;
  if (by && !by.value) { by.focus(); return; } // signed once, then kept
  cancel();
  press(card, says);
}

const step = (by) => () => { const all = cards(), at = all.indexOf(document.activeElement.closest("[data-pair]")); go(all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]); };
const KEYS = {
  j: step(1), ArrowDown: step(1), k: step(-1), ArrowUp: step(-1),
  d: () => current() && begin_asking(current(), "different"),
  s: () => current() && begin_asking(current(), "same"),
  u: () => { cancel(); if (current()) press(current(), "unsure"); },
  z: () => { cancel(); document.getElementById("undo")?.click(); },
  e: () => { const all = Array.from(current()?.querySelectorAll("details") || []), open = all.some((one) => !one.open); all.forEach((one) => { one.open = open; }); },
  "/": () => document.getElementById("f-q")?.focus(),
  "?": () => { const keys = document.getElementById("keys"); keys.open = !keys.open; if (keys.open) keys.querySelector("summary").focus(); },
};

function typed(key) {
  if (isBusy()) { waiting.push(key); return; }
  if (key === "Escape") cancel();
  else if (asked && /^[0-9]$/.test(key)) answer(key);
  else KEYS[key]?.();
}

document.addEventListener("keydown", (event) => {
  const field = event.target.closest("input:not([type=checkbox]), select, textarea");
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (field) {
    // Enter after a reason in words, or after the name, goes on with the decision that was begun.
    if (event.key === "Enter" && asked && asked.card.contains(field)) { event.preventDefault(); const { card, says } = asked; cancel(); press(card, says); }
    if (event.key === "Escape") { cancel(); go(field.closest("[data-pair]") || cards()[0]); }
    return;
  }
  if (!document.getElementById("keys-on").checked) return;
  if (event.key in KEYS || event.key === "Escape" || (/^[0-9]$/.test(event.key) && (asked || isBusy()))) { event.preventDefault(); typed(event.key); }
});

document.addEventListener("swapped", () => {
  cancel();
  const done = work().querySelector("#done");
  if (done) ask.textContent = done.textContent; // the page has moved to the next pair
  go(work().querySelector("[data-pair][data-focus]"));
  while (waiting.length && !isBusy()) typed(waiting.shift());
});
