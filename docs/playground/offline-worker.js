// Answers from what was kept, so that the page opens without a network. The build writes the first two lines.
const KEPT = "symcount-VERSION";
const FILES = [];
const ALGEBRA = ["python/mpmath.zip", "python/sympy.zip"];

self.addEventListener("install", (event) => event.waitUntil(keep(FILES.filter((name) => !ALGEBRA.includes(name)))));
self.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
self.addEventListener("message", (event) => event.waitUntil(keep(ALGEBRA)));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(self.registration.scope)) event.respondWith(found(event.request));
});

async function keep(names) {
  const kept = await caches.open(KEPT);
  await kept.addAll(names);
}

async function forgetOthers() {
  for (const name of await caches.keys()) if (name.startsWith("symcount-") && name !== KEPT) await caches.delete(name);
  await self.clients.claim();
}

async function found(request) {
  const kept = await caches.open(KEPT);
  return (await kept.match(request, { ignoreSearch: true })) ?? fetch(request);
}
