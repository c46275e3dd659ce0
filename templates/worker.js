// Shows a page of our own while the site is out of reach. It keeps and answers nothing else.
const OURS = "out-of-reach-";
const NAME = OURS + "{{ kept.version }}";
const PAGE = "{% url "offline" %}";
const LOOK = [{% for path in kept.look %}"{{ path }}"{% if not forloop.last %}, {% endif %}{% endfor %}];

self.addEventListener("install", (event) => {
  // As the site has it now, and not as the browser kept it on its way.
  const asked = [PAGE, ...LOOK].map((path) => new Request(path, { cache: "reload" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(asked)));
  self.skipWaiting();
});

// What an earlier release of the site looked like is shown no more.
self.addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith(OURS) && name !== NAME;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.method !== "GET") return;
  const kept = request.mode === "navigate" ? PAGE : LOOK.find((path) => path === pathname);
  if (kept) event.respondWith(fetch(request).catch(() => caches.match(kept)));
});
