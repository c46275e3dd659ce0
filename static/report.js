// The page on which the report is written: more lines, and a warning before typed words are lost.

for (const list of document.querySelectorAll("[data-lines]")) {
  const total = document.getElementById(`id_${list.dataset.lines}-TOTAL_FORMS`);
  const button = list.querySelector("[data-add]");
  button.hidden = false;
  button.addEventListener("click", () => {
    const line = list.querySelector("template").content.cloneNode(true);
    for (const element of line.querySelectorAll("*")) {
      for (const { name, value } of [...element.attributes]) element.setAttribute(name, value.replace("__prefix__", total.value));
    }
    total.value = Number(total.value) + 1;
    list.querySelector(".lines-body").append(line);
    list.querySelector(".line:last-child input, .line:last-child textarea").focus();
  });
}

for (const form of document.querySelectorAll(".writing")) {
  let unsaved = "unsaved" in form.dataset;
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
}
