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

for (const form of document.querySelectorAll("[data-entry]")) {
  form.querySelector(".keys").hidden = false;
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
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
