// Shows a page of our own while the site is out of reach. It keeps and answers nothing else.
const NAME = "out-of-reach-1";
const PAGE = "{% url "offline" %}";
const LOOK = ["/static/tokens.css", "/static/fault.css", "/static/theme.js", "/static/wordmark.svg"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll([PAGE, ...LOOK])));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.method !== "GET") return;
  const kept = request.mode === "navigate" ? PAGE : LOOK.find((path) => path === pathname);
  if (kept) event.respondWith(fetch(request).catch(() => caches.match(kept)));
});
