// Small conveniences of the forms of the record; each page works without them.

// "Now" beside a time.
for (const button of document.querySelectorAll("[data-now]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    // The server's zone counts, wherever the browser is; Sweden writes times as inputs do.
    const words = new Intl.DateTimeFormat("sv-SE", { timeZone: button.dataset.zone, dateStyle: "short", timeStyle: "short" });
    const input = document.getElementById(button.dataset.now);
    input.value = words.format(new Date()).replace(" ", "T");
    input.focus();
  });
}

// Why a choice changes is asked where it does; a mistake in the answer stays in sight.
for (const part of document.querySelectorAll("[data-if-changed]")) {
  const choices = [...document.getElementsByName(part.dataset.ifChanged)];
  const show = () => {
    const chosen = choices.find((choice) => choice.checked);
    part.hidden = chosen?.value === part.dataset.from && !part.querySelector(".field-wrong");
  };
  for (const choice of choices) choice.addEventListener("change", show);
  // A browser may have put back, by now, what was chosen before.
  window.addEventListener("pageshow", show);
  show();
}

// An address that names a field leads into it, wherever the page has folded it away.
const named = document.getElementById(location.hash.slice(1));
if (named?.matches("form *")) {
  const folded = named.closest("details");
  if (folded) folded.open = true;
  named.focus();
}

for (const form of document.querySelectorAll("[data-entry]")) {
  // On going back to a page that it did not keep, a browser fills in what was not there when the page
  // came. So the token of the form that was sent comes back too; its capitals mean nothing.
  const { token } = form.elements;
  if (token) token.value = token.value.toUpperCase();
  form.addEventListener("submit", (event) => {
    // A time of which only a part is typed has no value, and would be lost unsaid.
    const unfinished = [...form.elements].find((input) => input.validity?.badInput);
    unfinished?.reportValidity();
    if (unfinished || form.dataset.sent) event.preventDefault();
    else form.dataset.sent = "yes";
  });
  // A page that the browser kept may be sent again.
  window.addEventListener("pageshow", () => delete form.dataset.sent);
}

// An address holds the filters that are set, and no others.
for (const form of document.querySelectorAll("[data-leave-out-empty]")) {
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (!value) formData.delete(name);
  });
}
