// The one script: it swaps the part of a page that an answer changes, follows work that goes on, takes files that are
// dropped, and draws the charts. Every page works without it, but for the charts, which have a table beside them.
"use strict";

const find = (root, query) => Array.from(root.querySelectorAll(query));

const here = () => location.pathname + location.search;
let shown = here();

// ---- an answer in place of the one before: <form data-swap="ID"> sends its fields and takes that part of the page that comes
async function swap(form, button) {
  const data = new FormData(form), sends = form.method === "post";
  if (button && button.name) data.append(button.name, button.value);
  const address = new URL((button && button.getAttribute("formaction")) || form.getAttribute("action") || location.href, location.href);
  if (!sends) address.search = new URLSearchParams([...data].filter(([, value]) => value !== "")).toString();
  const sent = sends ? { method: "POST", body: new URLSearchParams(data) } : {};
  // What was sent is no page to return to: the address of the page that came takes the place of the one before, unless
  // the form only asks, and could be too long for an address: <form data-push>.
  await put(address, sent, form.dataset.swap, !sends || "push" in form.dataset);
}

async function put(address, sent, id, push) {
  const sends = sent.method === "POST", old = document.getElementById(id);
  old.setAttribute("aria-busy", "true");
  const answer = await fetch(address, { ...sent, headers: { accept: "text/html" } });
  const made = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
  if (!made) { location.assign(sends ? location.href : address); return; }
  old.replaceWith(made);
  if (!sends || answer.redirected) history[push ? "pushState" : "replaceState"]({}, "", answer.redirected ? answer.url : address);
  shown = here();
  begin(made);
  const near = address.hash && made.querySelector(address.hash); // the part that the button belongs to
  const first = made.querySelector("[autofocus]"), heading = (near || made).querySelector("[data-focus]");
  if (first) first.focus();
  else if (heading) { heading.tabIndex = -1; heading.focus(); }
  document.dispatchEvent(new Event("swapped"));
}

// A link that changes the answer in its place: <a data-swap="ID">.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-swap]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  put(new URL(link.href), {}, link.dataset.swap, true).catch(() => location.assign(link.href));
});

document.addEventListener("submit", (event) => {
  const form = event.target, button = event.submitter;
  if (!form.dataset.swap || (button && button.name === "to_lang")) return;
  event.preventDefault();
  swap(form, button).catch(() => (form.method === "post" ? location.reload() : form.submit()));
});
// A statement returns to the answer that is shown, not to the page that was opened.
document.addEventListener("submit", (event) => {
  const back = event.target.elements.namedItem("back");
  if (back && back.value.split("?")[0] === location.pathname) back.value = location.pathname + location.search;
});
// A step back to another answer loads it; a link to a place on this page, such as the skip link, is such a step too.
window.addEventListener("popstate", () => { if (here() !== shown) location.reload(); });

// ---- work that goes on: <section data-job="ID">
function follow(section) {
  const words = JSON.parse(section.dataset.words);
  const source = new EventSource(`/api/jobs/${section.dataset.job}/events`);
  source.onmessage = (event) => {
    const job = JSON.parse(event.data);
    const bar = section.querySelector("progress"), text = section.querySelector(".job-text");
    if (job.total) { bar.max = job.total; bar.value = job.done; }
    text.textContent = `${job.total ? `${job.done} / ${job.total} ` : ""}${words[job.label] || job.label}`;
    if (["done", "failed", "cancelled"].includes(job.state)) { source.close(); location.reload(); }
  };
}

// ---- a page that is not ready: <section data-again ID>, asked for again until it is
async function lookAgain(section) {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  const made = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(section.id);
  if (!made) { location.reload(); return; }
  const bar = section.querySelector("progress"), now = made.querySelector("progress");
  if (now.hasAttribute("value")) { bar.max = now.max; bar.value = now.value; }
  section.querySelector(".job-text").textContent = made.querySelector(".job-text").textContent;
}

// ---- files that are dropped: <label class="drop"> around an <input type="file">
function takeDrops(box) {
  const input = box.querySelector("input[type=file]");
  for (const name of ["dragover", "dragleave", "drop"]) {
    box.addEventListener(name, (event) => { event.preventDefault(); box.classList.toggle("over", name === "dragover"); });
  }
  box.addEventListener("drop", (event) => {
    input.files = event.dataTransfer.files;
    input.form.requestSubmit();
  });
}

// ---- charts: <div data-chart="ID of a block of JSON">
let drawing = null;
function loadCharts() {
  drawing = drawing || new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = "/static/vega.js";
    script.type = "module";
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  return drawing;
}

async function draw(box) {
  try {
    await loadCharts();
    const spec = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    // The interpreter of expressions in place of `eval`, which the pages forbid; no menu, no style of its own.
    const options = { renderer: "svg", ast: true, actions: false, defaultStyle: false, tooltip: false };
    await window.vegaEmbed(box, spec, options);
    const drawn = box.querySelector("svg");
    if (drawn) { drawn.setAttribute("aria-hidden", "true"); drawn.removeAttribute("role"); box.dataset.drawn = "yes"; }
  } catch (error) {
    box.classList.add("failed");
    box.textContent = document.documentElement.lang.startsWith("zh") ? "图表未能绘制，请看下方数据表。" : "The chart could not be drawn; see the table below.";
    const table = box.parentElement.querySelector("details");
    if (table) table.open = true;
    box.dataset.drawn = "no";
    console.error(error);
  }
}

// ---- a choice that sends its form: <select data-send>
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
});

// ---- tables that are wider than a narrow window: each row becomes a card, each cell says of which column it is
const NARROW = matchMedia("(max-width: 760px)");
const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell", TH: "rowheader" };

function fit(table) {
  const heads = find(table, "thead th").map((head) => head.textContent.trim());
  if (!heads.length || !table.offsetWidth) return;
  table.classList.remove("stacked");
  if (!NARROW.matches || table.scrollWidth <= table.parentElement.clientWidth + 1) return;
  let left = heads.map(() => 0); // rows that a cell above still takes, by column
  find(table, "tbody tr").forEach((row) => {
    const taken = left;
    let at = 0;
    left = taken.map((rows) => Math.max(rows - 1, 0));
    Array.from(row.cells).forEach((cell) => {
      while (taken[at]) at += 1;
      if (cell.colSpan === 1 && heads[at]) cell.dataset.k = heads[at];
      left.fill(cell.rowSpan - 1, at, at + cell.colSpan);
      at += cell.colSpan;
    });
  });
  // Laid out as blocks, a table is none any more for those who hear it, unless it says so.
  [table, ...find(table, "thead, tbody, tr, td, th")].forEach((part) => part.setAttribute("role", part.closest("thead") && part.tagName === "TH" ? "columnheader" : ROLES[part.tagName]));
  table.classList.add("stacked");
}
const fitAll = (root) => find(root, ".scroll > table").forEach(fit);
NARROW.addEventListener("change", () => fitAll(document));
document.addEventListener("toggle", (event) => fitAll(event.target), true);

function begin(root) {
  fitAll(root);
  find(root, "[data-job]").forEach((section) => { if (section.querySelector("form")) follow(section); });
  find(root, "[data-again]").forEach((section) => setInterval(() => lookAgain(section).catch(() => {}), 1000));
  find(root, ".drop").forEach(takeDrops);
  // One after the other, once the page stands, so that its words are there first.
  find(root, "[data-chart]").reduce((before, box) => before.then(() => new Promise(requestAnimationFrame)).then(() => draw(box)), Promise.resolve());
}
begin(document);
