// Publishing and drafts: a button that is pressed once, and a draft that is fetched when it is done.

for (const form of document.querySelectorAll("[data-once]")) {
  const button = form.querySelector("button[type=submit]");
  const said = button.textContent;
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    button.setAttribute("aria-disabled", "true");
    button.textContent = form.querySelector("[data-once-status]").textContent = form.dataset.once;
  });
  // A page that the browser kept may be sent again.
  window.addEventListener("pageshow", () => {
    delete form.dataset.sent;
    button.removeAttribute("aria-disabled");
    button.textContent = said;
  });
}

for (const place of document.querySelectorAll("[data-draft]")) {
  const progress = place.querySelector("[data-progress]");
  const look = async () => {
    const answer = await fetch(place.dataset.draft, { method: "HEAD" }).catch(() => null);
    if (answer?.status === 202) {
      const words = answer.headers.get("Draft-Progress");
      progress.textContent = words.charAt(0).toUpperCase() + words.slice(1);
    } else if (answer) {
      progress.textContent = answer.ok ? "It is done, and the download begins." : "It could not be printed.";
      return location.assign(place.dataset.draft);
    }
    setTimeout(look, 2000);
  };
  setTimeout(look, 2000);
}
