// Suggests rows while one types: a text input with a list below it, by the ARIA combobox pattern.
// Without script the input is a plain one, and its help text says what becomes of a new name.
const WAIT = 120; // milliseconds without a key before the server is asked

class Typed {
  constructor(box) {
    this.address = box.dataset.suggestions;
    this.adds = "adds" in box.dataset;
    this.input = box.querySelector("input");
    this.list = box.querySelector("[role=listbox]");
    this.note = box.querySelector(".typed-note");
    this.active = -1;
    this.asked = 0;
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("change", () => this.ask(false));
    // The list must not take the focus, or the input's blur would close it before the click.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option);
    });
  }

  get options() { return [...this.list.children]; }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(true), WAIT);
  }

  async ask(show) {
    clearTimeout(this.timer);
    const text = this.input.value.trim();
    const asked = ++this.asked;
    if (!text && show) return this.say("", []), this.close();
    const response = await fetch(`${this.address}?q=${encodeURIComponent(text)}`).catch(() => null);
    // A slow answer to an earlier key must not replace the answer to a later one.
    if (!response?.ok || asked !== this.asked) return;
    const { suggestions } = await response.json();
    this.say(text, suggestions);
    if (show && document.activeElement === this.input) this.open(suggestions);
  }

  say(text, suggestions) {
    if (!this.adds) return;
    const typed = text.replace(/\s+/g, " ").toLowerCase();
    const known = suggestions.some((each) => each.toLowerCase() === typed || each.toLowerCase().startsWith(`${typed} `));
    this.note.textContent = text && !known ? `“${text}” is new: it will be added.` : "";
  }

  open(suggestions) {
    this.list.replaceChildren(...suggestions.map((text, index) => {
      const option = document.createElement("li");
      option.id = `${this.list.id}_${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = text;
      return option;
    }));
    this.list.hidden = suggestions.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.point(-1);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.point(-1);
  }

  point(index) {
    this.active = index;
    this.options.forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
    if (index < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", this.options[index].id);
    this.options[index].scrollIntoView({ block: "nearest" });
  }

  choose(option) {
    this.input.value = option.textContent;
    this.close();
    this.say("", []);
    this.asked += 1;
  }

  key(event) {
    const count = this.list.hidden ? 0 : this.options.length;
    if (event.key === "ArrowDown" && !count) {
      this.ask(true);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!count) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.point((this.active + step + count + (this.active < 0 && step < 0 ? 1 : 0)) % count);
    } else if (event.key === "Escape" && count) {
      this.close();
    } else if (event.key === "Tab" && this.active >= 0) {
      this.choose(this.options[this.active]);
      return; // and on to the next field
    } else if (event.key === "Enter" && count && !event.ctrlKey && !event.metaKey) {
      if (this.active >= 0) this.choose(this.options[this.active]);
      else this.close();
    } else {
      return;
    }
    event.preventDefault();
  }
}

for (const box of document.querySelectorAll("[data-suggestions]")) new Typed(box);
