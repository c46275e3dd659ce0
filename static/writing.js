// The page on which the report is written: saved while one types, doubts under the texts, a preview beside.
// Each is asked of the server with the form as it stands; without script the form is sent by its button.

const WAIT_TO_SAVE = 2000; // milliseconds without a key
const WAIT_TO_DOUBT = 700;
const WAIT_TO_PREVIEW = 1000;
const WAIT_TO_RETRY = 15000;
const WIDE = window.matchMedia("(width >= 75rem)");

const page = document.querySelector("[data-writing]");
const form = document.getElementById("writing");
const saving = document.querySelector("[data-saved]");
for (const element of document.querySelectorAll(".writing-bar [data-without-script]")) element.hidden = true;

const later = (wait, run) => {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(run, wait); };
};

// A slow answer to an earlier question must not replace the answer to a later one.
const latest = () => {
  let controller;
  return (address, options) => {
    controller?.abort();
    controller = new AbortController();
    return fetch(address, { method: "POST", body: new FormData(form), signal: controller.signal, ...options });
  };
};

function say(words, failed) {
  if (saving.textContent !== words) saving.textContent = words;
  saving.classList.toggle("saving-failed", Boolean(failed));
}

// Saving

let unsaved = "unsaved" in form.dataset;
let running = null; // the saving under way
let stopped = false; // until a person settles what both changed

async function save() {
  if (running || stopped || !unsaved) return running;
  running = send().finally(() => { running = null; });
  await running;
  if (unsaved && !stopped && !saving.classList.contains("saving-failed")) saveLater();
}

async function send() {
  unsaved = false;
  const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } }).catch(() => null);
  const isJson = response?.headers.get("Content-Type")?.startsWith("application/json");
  if (response?.ok && isJson) return kept(await response.json());
  unsaved = true;
  if (isJson) {
    stopped = response.status === 409;
    refused(await response.json());
  } else {
    say(!response ? "Not saved: the server does not answer. It is tried again." : response.redirected
      ? "Not saved: you are signed out. Sign in again in another tab; what you typed stays here."
      : "Not saved: the server could not do it. It is tried again.", true);
    saveAgain();
  }
}

function kept(answer) {
  form.elements.seen.value = answer.seen;
  form.elements.base.value = answer.base;
  for (const [id, text] of Object.entries(answer.texts)) document.getElementById(id).value = text;
  for (const [prefix, html] of Object.entries(answer.lists)) replaceList(prefix, html);
  document.querySelector("[data-errors]").replaceChildren();
  showDoubts(answer.doubts);
  say(`Saved ${answer.saved}${answer.notice ? `. ${answer.notice}` : ""}`);
  if (answer.notice) previewLater();
}

function refused({ errors }) {
  document.querySelector("[data-errors]").innerHTML = errors;
  say(stopped ? "Not saved: somebody else changed the same. Press Save." : "Not saved: something has to be put right first.", true);
}

function replaceList(prefix, html) {
  const box = form.querySelector(`[data-lines="${CSS.escape(prefix)}"]`);
  const kept = [...box.querySelectorAll(":scope > legend, :scope > [data-tools]")];
  box.innerHTML = html;
  box.prepend(...kept);
  box.dispatchEvent(new Event("lines-replaced", { bubbles: true }));
}

const saveLater = later(WAIT_TO_SAVE, save);
const saveAgain = later(WAIT_TO_RETRY, save);

form.addEventListener("submit", async (event) => {
  if (event.submitter?.formTarget === "_blank") return;
  if (running) {
    // Two savings at once would stand in each other's way.
    event.preventDefault();
    await running;
    return form.requestSubmit(event.submitter);
  }
  unsaved = false;
  stopped = true;
});
// A page that the browser kept goes on where it was.
window.addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
window.addEventListener("beforeunload", (event) => { if (unsaved || (running && !stopped)) event.preventDefault(); });

// Doubts

const askForDoubts = latest();

async function doubt() {
  const response = await askForDoubts(page.dataset.doubtsAddress).catch(() => null);
  if (response?.ok && !response.redirected) showDoubts((await response.json()).doubts);
}

function showDoubts(doubts) {
  for (const box of form.querySelectorAll("[data-doubts]")) {
    const html = doubts[box.dataset.doubts] ?? "";
    if (box.innerHTML.trim() === html.trim() || box.known === html) continue;
    const focused = box.contains(document.activeElement) && document.activeElement.value;
    box.innerHTML = box.known = html;
    if (focused) box.querySelector(`[name=meant][value="${CSS.escape(focused)}"]`)?.focus();
  }
}

// Preview

const preview = document.getElementById("preview");
const toggle = document.querySelector("[data-toggle-preview]");
const frame = preview.querySelector("iframe");
const version = preview.querySelector("[data-version]");
const askForPreview = latest();

async function show() {
  if (preview.hidden) return;
  const response = await askForPreview(`${page.dataset.previewAddress}?version=${version.value}`).catch(() => null);
  if (!response?.ok || response.redirected) return;
  const drawn = new DOMParser().parseFromString(await response.text(), "text/html");
  const shown = frame.contentDocument;
  // The frame keeps its place: only what stands in it is replaced.
  if (shown?.body.querySelector("main")) shown.body.replaceWith(shown.adoptNode(drawn.body));
}

// Where one was in the text, while on a narrow screen the preview takes its place.
let left = 0;

function openPreview(open) {
  if (open && preview.hidden) left = window.scrollY;
  preview.hidden = !open;
  page.classList.toggle("with-preview", open);
  toggle.setAttribute("aria-expanded", String(open));
  toggle.textContent = open ? (WIDE.matches ? "Hide the preview" : "Back to writing") : "Preview";
  if (open && !frame.src) frame.src = page.dataset.previewAddress;
  else show();
  if (!WIDE.matches) window.scrollTo({ top: open ? 0 : left });
}

// What one writes is what one sees.
function follow(part) {
  const shown = frame.contentDocument;
  if (preview.hidden || !shown || part.dataset.heading === undefined) return;
  const heading = [...shown.querySelectorAll("h2, h3")].find(({ textContent }) => textContent.trim() === part.dataset.heading);
  shown.defaultView.scrollTo({ top: heading ? heading.getBoundingClientRect().top + shown.defaultView.scrollY - 16 : 0 });
}

toggle.hidden = false;
toggle.addEventListener("click", () => openPreview(preview.hidden));
version.addEventListener("change", show);
// What was typed while it loaded.
frame.addEventListener("load", () => { if (unsaved || running) show(); });
form.addEventListener("focusin", ({ target }) => {
  const part = target.closest("[data-heading]");
  if (part && part !== follow.latest) follow(follow.latest = part);
});
WIDE.addEventListener("change", () => openPreview(WIDE.matches));
openPreview(WIDE.matches);

// Typing

const doubtLater = later(WAIT_TO_DOUBT, doubt);
const previewLater = later(WAIT_TO_PREVIEW, show);
form.addEventListener("input", ({ target }) => {
  unsaved = true;
  if (target.name === "meant") target.closest(".doubt").classList.toggle("doubt-meant", target.checked);
  else doubtLater();
  if (!stopped) saveLater();
  previewLater();
});
