// Lists of lines: added, taken away with a way back, and put in order by dragging or by buttons.
// Without script a line is emptied to take it away, and numbers make the order.

class List {
  constructor(box) {
    this.box = box;
    this.prefix = box.dataset.lines;
    this.body = box.querySelector(".lines-body");
    this.total = document.getElementById(`id_${this.prefix}-TOTAL_FORMS`);
    for (const element of box.querySelectorAll("[data-without-script]")) element.hidden = true;
    this.adder = box.querySelector("[data-add]");
    this.adder.hidden = false;
    this.adder.onclick = () => this.add();
    this.dropBlankLines();
    for (const line of this.body.children) this.equip(line);
    this.number();
  }

  get lines() { return [...this.body.children].filter((line) => !line.hidden); }

  inputs(line) { return [...line.querySelectorAll(".field :is(input, textarea, select)")]; }

  // What a line is about, for those who hear it.
  name(line) {
    const text = this.inputs(line)[0].value.trim().replace(/\s+/g, " ");
    const place = this.lines.indexOf(line) + 1;
    if (!text) return `line ${place}`;
    return `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;
  }

  isBlank(line) {
    const typed = this.inputs(line).filter(({ name, tagName }) => !name.endsWith("-position") && tagName !== "SELECT");
    return typed.every((input) => !input.value.trim());
  }

  // Blank lines are there for those without script; one stays where there is nothing else.
  dropBlankLines() {
    const blank = [...this.body.children].filter((line) => this.isBlank(line) && !line.querySelector(".errorlist"));
    if (blank.length === this.body.children.length) blank.shift();
    for (const line of blank) line.remove();
  }

  equip(line) {
    const position = line.querySelector("[name$='-position']");
    if (!position.closest(".field").classList.contains("field-wrong")) position.closest(".field").hidden = true;
    line.querySelector("[data-buttons]").hidden = false;
    for (const button of line.querySelectorAll("[data-move]")) button.onclick = () => this.step(line, button);
    line.querySelector("[data-remove]").onclick = () => this.remove(line);
    const handle = line.querySelector("[data-handle]");
    handle.hidden = false;
    handle.onpointerdown = (event) => this.drag(event, line);
    line.addEventListener("input", () => this.label());
  }

  add() {
    const line = this.box.querySelector("template").content.cloneNode(true);
    for (const element of line.querySelectorAll("*")) {
      for (const { name, value } of [...element.attributes]) element.setAttribute(name, value.replaceAll("__prefix__", this.total.value));
    }
    this.total.value = Number(this.total.value) + 1;
    this.body.append(line);
    this.equip(this.body.lastElementChild);
    this.number();
    this.inputs(this.body.lastElementChild)[0].focus();
  }

  remove(line) {
    const name = this.name(line);
    const kept = this.inputs(line).map((input) => [input, input.value]);
    for (const [input] of kept) if (input.tagName !== "SELECT") input.value = "";
    line.hidden = true;
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "btn btn-quiet btn-sm";
    undo.textContent = "Undo";
    undo.onclick = () => {
      for (const [input, value] of kept) input.value = value;
      line.hidden = false;
      note.replaceChildren();
      this.changed();
      this.inputs(line)[0].focus();
    };
    const note = this.box.querySelector("[data-undo]");
    note.replaceChildren(`${name[0].toUpperCase()}${name.slice(1)} is taken away.`, undo);
    undo.focus();
    this.changed();
  }

  step(line, button) {
    const lines = this.lines;
    const place = lines.indexOf(line);
    if (button.dataset.move === "up") lines[place - 1].before(line);
    else lines[place + 1].after(line);
    this.changed();
    this.tellPlace(line);
    // At an end the button is disabled, and the other one goes on.
    (button.disabled ? line.querySelector("[data-move]:not(:disabled)") : button).focus();
  }

  drag(event, line) {
    if (event.button) return;
    const before = [...this.body.children];
    const moving = new AbortController(); // ends what listens meanwhile
    line.classList.add("line-moving");
    const follow = ({ clientY }) => {
      for (const other of this.lines) {
        const { top, height } = other.getBoundingClientRect();
        const isAfter = line.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
        if (other === line) continue;
        if (isAfter && clientY > top + height / 2) other.after(line);
        if (!isAfter && clientY < top + height / 2) return other.before(line);
      }
    };
    const end = (restored) => {
      line.classList.remove("line-moving");
      moving.abort();
      if (restored) this.body.append(...before);
      if (before.some((each, place) => each !== this.body.children[place])) this.changed();
      this.tellPlace(line);
    };
    const listen = (name, run) => document.addEventListener(name, run, { signal: moving.signal });
    listen("pointermove", follow);
    listen("pointerup", () => end(false));
    listen("pointercancel", () => end(true));
    listen("keydown", ({ key }) => { if (key === "Escape") end(true); });
    event.preventDefault();
  }

  changed() {
    this.number();
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  number() {
    this.lines.forEach((line, place) => { line.querySelector("[name$='-position']").value = place + 1; });
    this.label();
  }

  label() {
    const lines = this.lines;
    lines.forEach((line, place) => {
      const [up, down] = line.querySelectorAll("[data-move]");
      const name = this.name(line);
      up.disabled = place === 0;
      down.disabled = place === lines.length - 1;
      for (const [button, does] of [[up, "Move up"], [down, "Move down"], [line.querySelector("[data-remove]"), "Take away"]]) {
        button.setAttribute("aria-label", `${does}: ${name}`);
        button.title = does;
      }
    });
  }

  tellPlace(line) {
    this.box.querySelector("[data-said]").textContent = `${this.name(line)} is now ${this.lines.indexOf(line) + 1} of ${this.lines.length}.`;
  }
}

for (const box of document.querySelectorAll("[data-lines]")) new List(box);
document.addEventListener("lines-replaced", ({ target }) => new List(target));
