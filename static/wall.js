// What a wall does by itself: turns its pages, stays awake, and follows what happens to the site.

const EACH = 15_000; // milliseconds that a page is shown
const head = () => document.querySelector("[data-look]");
const look = head().dataset.look;
let shown = 0;

function show() {
  const pages = document.querySelectorAll("[data-wall-page]");
  shown %= pages.length || 1;
  pages.forEach((page, place) => { page.hidden = place !== shown; });
}

async function stayAwake() {
  // Without it the screen's own settings decide.
  if (!document.hidden) await navigator.wakeLock?.request("screen").catch(() => {});
}

document.addEventListener("figures-moved", () => {
  if (head().dataset.look !== look) return location.reload();
  show();
});
// The server says what is to be done now, and shows no figures.
document.addEventListener("signed-out", () => location.reload());
document.addEventListener("visibilitychange", stayAwake);
setInterval(() => {
  shown += 1;
  show();
}, EACH);
show();
stayAwake();
