// Keeps the figures of a page live: hears what changed, changes it in place, and says so once.
//
// An element with data-live-stream names the addresses and the state that the page was drawn with;
// data-live="KEY" marks the parts that change, data-said and data-value what is said of them. One
// tab of a browser listens and tells the others. Where nothing can be heard the
// figures are asked for.

const page = document.querySelector("[data-live-stream]");
const stamp = page.querySelector("[data-live-stamp]");
const aloud = page.querySelector("[data-live-aloud]");

// In milliseconds. The server says something every 15 seconds.
const STALE = 30_000; // then what is shown is no longer taken for fresh
const SILENT = 22_000; // then the line is given up and another one tried
const ASKED = 10_000; // how often the figures are asked for where there is no stream
const ANSWER = 8_000; // then a question is asked again
const AGAIN = 20_000; // how long a server that does not stream is not asked to
const OBJECTION = 500; // how long a tab that wants to lead waits for one that objects

// Tabs that show the same of the figures share one line.
const name = page.dataset.liveStream;
const others = new BroadcastChannel(name);
let id = page.dataset.liveId;
let clock = page.dataset.liveClock;
let heardAt = Date.now();
let askedAt = 0;
let line; // gives up what is listened to
let leads = false;
let over = false;

const pause = (time) => new Promise((done) => setTimeout(done, time * (0.75 + Math.random() / 2)));

// What is shown

function morph(old, fresh) {
  if (old.nodeName !== fresh.nodeName) return old.replaceWith(fresh);
  if (!(old instanceof Element)) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (old.dataset.chart) {
    // What is drawn in it follows by itself.
    old.dataset.chart = fresh.dataset.chart;
    return;
  }
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  const before = [...old.childNodes];
  const after = [...fresh.childNodes];
  before.slice(after.length).forEach((node) => node.remove());
  after.forEach((node, place) => (before[place] ? morph(before[place], node) : old.append(node)));
}

function put(key, html) {
  const old = document.querySelector(`[data-live="${CSS.escape(key)}"]`);
  if (!old) return;
  const parsed = document.createElement("template");
  parsed.innerHTML = html;
  let fresh = parsed.content.firstElementChild;
  if (fresh?.dataset.live !== key) {
    fresh = old.cloneNode(false);
    fresh.append(parsed.content);
  }
  old.classList.remove("moved");
  morph(old, fresh);
}

const values = () => new Map([...document.querySelectorAll("[data-said]")].map((each) => [each.dataset.said, each]));

function show(payload) {
  const before = new Map([...values()].map(([name, each]) => [name, each.dataset.value]));
  for (const [key, html] of Object.entries(payload.parts)) put(key, html);
  const moved = [...values()].filter(([name, { dataset }]) => before.has(name) && before.get(name) !== dataset.value);
  for (const [, each] of moved) each.classList.add("moved");
  aloud.textContent = moved.map(([name, { dataset }]) => `${name}: ${dataset.value}, was ${before.get(name)}`).join(". ");
  id = payload.id;
  document.dispatchEvent(new Event("figures-moved"));
}

function mark(words, state) {
  if (stamp.textContent !== words) stamp.textContent = words;
  document.documentElement.dataset.figures = state;
}

function tell() {
  const isStale = Date.now() - heardAt > STALE;
  if (over) return;
  const was = document.documentElement.dataset.figures;
  if (!isStale) return mark(`live · ${clock}`, "live");
  mark(`No news since ${clock}. The last figures are shown, and may be old.`, "stale");
  if (was !== "stale") aloud.textContent = stamp.textContent;
}

function end(words) {
  over = true;
  mark(words, "stale");
  aloud.textContent = words;
}

function signOut() {
  end("You are signed out. Sign in to see the figures move.");
  document.dispatchEvent(new Event("signed-out"));
}

// What is heard, by this tab or by another one

function hear(news) {
  if (over) return;
  if (news.ended) return signOut();
  const { figures } = news;
  const month = page.dataset.liveMonth;
  if (figures && month && figures.month !== month) return end("This month is over, and these were its last figures.");
  if (figures && figures.id !== id) {
    if (figures.since && figures.since !== id) return ask();
    show(figures);
  }
  heardAt = Date.now();
  clock = news.clock ?? figures.clock;
  tell();
}

function spread(news) {
  others.postMessage(news);
  hear(news);
}

others.onmessage = ({ data }) => hear(data);

// Asking, where nothing is to be heard. Tells whether there was an answer.
async function ask() {
  askedAt = Date.now();
  const options = { cache: "no-store", redirect: "manual", headers: { "If-None-Match": `"${id}"` } };
  try {
    const answer = await fetch(page.dataset.liveState, { ...options, signal: AbortSignal.timeout(ANSWER) });
    if (answer.type === "opaqueredirect" || answer.status === 401) hear({ ended: true });
    else if (answer.status === 304) hear({ clock: answer.headers.get("Figures-Clock") });
    else if (answer.ok) hear({ figures: await answer.json() });
    else return false;
    return true;
  } catch {
    return false;
  }
}

// The line to the server. It ends by itself, or with an error that has a status if it was refused.
async function listen() {
  const giveUp = (line = new AbortController());
  let silence;
  const wait = (time) => {
    clearTimeout(silence);
    silence = setTimeout(() => giveUp.abort(), time);
  };
  wait(ANSWER);
  try {
    const headers = { Accept: "text/event-stream", "Last-Event-ID": id };
    const answer = await fetch(page.dataset.liveStream, { cache: "no-store", redirect: "manual", headers, signal: giveUp.signal });
    if (answer.status === 401) return spread({ ended: true });
    const streams = answer.status === 200 && answer.headers.get("Content-Type")?.startsWith("text/event-stream");
    if (!streams) throw Object.assign(new Error("refused"), { status: answer.status });
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = "", read; !(read = await reader.read()).done && !over; ) {
      wait(SILENT);
      const blocks = (text + read.value).split("\n\n");
      text = blocks.pop();
      for (const block of blocks) understand(block);
    }
  } finally {
    clearTimeout(silence);
    giveUp.abort();
  }
}

function understand(block) {
  const data = block.match(/^data: (.*)$/m);
  if (data) spread({ figures: JSON.parse(data[1]) });
  else if (block.startsWith(": ")) spread({ clock: block.slice(2) });
}

async function lead() {
  leads = true;
  for (let refusedUntil = 0; !over && leads; ) {
    if (Date.now() >= refusedUntil) {
      try {
        await listen();
        await pause(500);
        continue;
      } catch ({ status }) {
        if (status) refusedUntil = Date.now() + AGAIN;
      }
    }
    if (over || !leads) break;
    const answered = await ask();
    await pause(answered && Date.now() < refusedUntil ? ASKED : 1_000);
  }
  leads = false;
}

// One tab leads as long as it lives: the one that holds the lock. Browsers keep locks for safe
// connections; elsewhere the tabs agree. Each that leads, or wants to, has a rank, and the lowest
// prevails: whoever hears of a higher one objects, whoever hears of a lower one stands back.
function agreement() {
  const seat = new BroadcastChannel(`${name}#seat`);
  const own = Math.random();
  let wants = false;
  let led = Promise.resolve();
  const rank = () => (over ? Infinity : leads ? own - 1 : wants ? own : Infinity);

  function standBack() {
    if (leads) line?.abort();
    leads = wants = false;
  }

  async function begin() {
    if (over || rank() < Infinity) return;
    wants = true;
    seat.postMessage(rank());
    await new Promise((done) => setTimeout(done, OBJECTION));
    led = led.then(() => wants && lead());
  }

  seat.onmessage = ({ data: theirs }) => {
    if (rank() < theirs) seat.postMessage(rank());
    else if (theirs < Infinity) standBack();
    else begin();
  };
  addEventListener("pagehide", () => {
    if (leads) seat.postMessage(Infinity);
    standBack();
  });
  return begin;
}

const begin = navigator.locks ? () => navigator.locks.request(name, lead) : agreement();

addEventListener("pageshow", () => {
  ask();
  begin();
});
document.addEventListener("visibilitychange", tell);
// The one that leads may be asleep, or gone without a word.
setInterval(() => {
  tell();
  if (over || leads || document.hidden || Date.now() - heardAt < SILENT || Date.now() - askedAt < ASKED) return;
  ask();
  if (!navigator.locks) begin();
}, 1_000);
