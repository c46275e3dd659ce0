// Single keys for whoever logs: what bears data-key is clicked, or focused where one types in it.
// They can be switched off, since to a person who speaks to a computer every letter is a key.
const dialog = document.getElementById("keys");
const choice = dialog.querySelector("[data-keys-on]");
const OFF = "single-keys-off";

choice.checked = !localStorage.getItem(OFF);
choice.addEventListener("change", () => {
  if (choice.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "yes");
});

for (const button of document.querySelectorAll("[data-show-keys]")) {
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
}

// What Enter does in a line, Ctrl + Enter does in every field of a form that is sent: it presses the first button.
document.addEventListener("keydown", (event) => {
  const { form } = event.target;
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
  if (form?.method !== "post" || event.target.matches("button")) return;
  event.preventDefault();
  [...form.elements].find((element) => element.type === "submit" && !element.disabled)?.click();
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable], dialog");
  if (typing || !choice.checked || event.ctrlKey || event.metaKey || event.altKey) return;
  const bears = `[data-key="${CSS.escape(event.key)}"]`;
  const target = event.key === "?" ? dialog : document.querySelector(`main ${bears}`) ?? dialog.querySelector(bears);
  if (!target) return;
  event.preventDefault();
  if (target === dialog) dialog.showModal();
  else if (target.matches("input")) target.select();
  else target.click();
});
