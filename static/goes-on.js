// Goes on by itself with a work that is done piece by piece; without script a button does it.

const work = document.querySelector("[data-work]");
const form = work.querySelector("form");
const button = form.querySelector("button");

// Does the next piece and shows how far it has come; tells whether more is left.
async function goOn() {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-work]");
  for (const part of now ? ["label", "progress"] : []) {
    work.querySelector(part).replaceWith(now.querySelector(part));
  }
  return Boolean(now);
}

async function goOnToTheEnd() {
  button.disabled = true;
  try {
    while (await goOn());
    window.location.assign(form.dataset.done);
  } catch {
    // The page itself says what is wrong, and lets a person go on.
    window.location.assign(form.action);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  goOnToTheEnd();
});
if (form.dataset.goesOn === "yes") goOnToTheEnd();
