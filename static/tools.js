// What helps with a text: bold, lists, links, and the mark of a paragraph that is not for publication.

const MARK = /^\[\s*not\s+for\s+publication,?\s+paragraph\s+\d+\s*\]\s?/i;

// Typed into the field as a person would, so that the browser's own undo takes it back.
function type(field, start, end, text) {
  field.focus();
  field.setSelectionRange(start, end);
  const typed = text ? document.execCommand("insertText", false, text) : start === end || document.execCommand("delete");
  if (typed) return;
  field.setRangeText(text, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function bold(field) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const words = value.slice(start, end);
  if (/^\*\*.+\*\*$/s.test(words)) {
    type(field, start, end, words.slice(2, -2));
    return field.setSelectionRange(start, end - 4);
  }
  type(field, start, end, `**${words}**`);
  field.setSelectionRange(start + 2, end + 2);
}

// The lines that the selection touches become a list, or stop being one.
function list(field, marker) {
  const { selectionStart, selectionEnd, value } = field;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const next = value.indexOf("\n", selectionEnd);
  const end = next < 0 ? value.length : next;
  const lines = value.slice(start, end).split("\n");
  const isList = lines.every((line) => /^([-*+]|\d+[.)]) /.test(line));
  const words = lines.map((line, place) => isList ? line.replace(/^\S+ /, "") : `${marker(place)} ${line}`);
  type(field, start, end, words.join("\n"));
}

function link(field) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const words = value.slice(start, end) || "words";
  type(field, start, end, `[${words}](https://)`);
  if (start === end) field.setSelectionRange(start + 1, start + 1 + words.length);
}

// A mark stands before everything else in its paragraph, which an empty line ends.
function exempt(field, ground) {
  const before = field.value.slice(0, field.selectionStart);
  const breaks = [...before.matchAll(/\n[ \t]*\n/g)];
  const last = breaks.at(-1);
  const start = last ? last.index + last[0].length : 0;
  const found = MARK.exec(field.value.slice(start));
  type(field, start, start + (found ? found[0].length : 0), ground ? `[not for publication, paragraph ${ground}] ` : "");
}

const TOOLS = {
  bold,
  list: (field) => list(field, () => "-"),
  numbers: (field) => list(field, (place) => `${place + 1}.`),
  link,
};

for (const tools of document.querySelectorAll("[data-tools]")) {
  tools.hidden = false;
  const inList = tools.closest("[data-lines]");
  let latest = null;
  inList?.addEventListener("focusin", ({ target }) => { if (target.tagName === "TEXTAREA") latest = target; });
  const field = () => {
    if (!inList) return document.getElementById(tools.dataset.tools);
    return latest?.isConnected && latest.checkVisibility() ? latest : inList.querySelector(".lines-body textarea");
  };
  tools.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button || !field()) return;
    if (button.dataset.tool) return TOOLS[button.dataset.tool](field());
    button.closest("details").open = false;
    exempt(field(), button.dataset.ground);
  });
  const menu = tools.querySelector("details");
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false; });
}
