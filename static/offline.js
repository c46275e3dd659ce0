// Lets the browser keep the page that says the site is out of reach; without it, the browser says so.
navigator.serviceWorker?.register("/worker.js").catch(() => {});
