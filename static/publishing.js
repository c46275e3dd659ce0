// Publishing and drafts: a button that is pressed once, and a draft that is fetched when it is done.

const inWords = (seconds) => `${seconds} second${seconds === 1 ? "" : "s"} so far`;

for (const form of document.querySelectorAll("[data-once]")) {
  const button = form.querySelector("button[type=submit]");
  const said = button.textContent;
  const status = form.querySelector("[data-once-status]");
  // Beside the status: a screen reader says what is done once, and not every second again.
  const elapsed = form.querySelector("[data-once-elapsed]");
  let ticking;
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    button.setAttribute("aria-disabled", "true");
    button.textContent = form.dataset.once;
    status.textContent = status.dataset.onceStatus || form.dataset.once;
    const begun = Date.now();
    const tell = () => (elapsed.textContent = inWords(Math.round((Date.now() - begun) / 1000)));
    if (elapsed) ticking = setInterval(tell, 1000);
  });
  // A page that the browser kept may be sent again.
  window.addEventListener("pageshow", () => {
    delete form.dataset.sent;
    button.removeAttribute("aria-disabled");
    button.textContent = said;
    clearInterval(ticking);
    status.textContent = "";
    if (elapsed) elapsed.textContent = "";
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
