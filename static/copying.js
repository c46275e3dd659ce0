// Copies what stands in a field; without script it is marked and copied by hand.

const field = document.querySelector("[data-copied]");
const button = document.querySelector("[data-copy]");
const status = document.querySelector("[data-copy-status]");

button.hidden = false;
button.addEventListener("click", async () => {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    status.textContent = "Copied.";
  } catch {
    // Browsers let a page copy over a safe connection alone.
    status.textContent = "It is marked: copy it with Ctrl + C.";
  }
});
