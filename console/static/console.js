/**
 * The console of this version: live figures and the latest events. It asks for an API key, keeps it for the tab, reads
 * what happened last and then follows the tail from that cursor, so nothing is missed between the two.
 */
import { call, CallFailed, readMessages } from './api.js';
import { element, eventsView, figuresView, signInView } from './view.js';
import { WORDS } from './words.js';

/** @typedef {import('./api.js').EventJson} EventJson */
/** @typedef {import('./api.js').EventPage} EventPage */

const KEY = 'comptoir-key';
const FIGURES_EVERY_MS = 1000;
const HEALTH_EVERY_MS = 5000;
const RETRY_AFTER_MS = 2000;
const SECOND_MS = 1000;
/**
 * How far back the page looks for the latest events: listings go oldest first, so it begins with the last seconds,
 * which a busy house fills, and reaches further only while it has found too few.
 */
const LOOK_BACK_MS = [10, 60, 600, 3600, 86_400, 30 * 86_400].map((seconds) => seconds * SECOND_MS);
/** Pages of 1,000 read before following; what is left then arrives through the tail, which is faster. */
const PAGES_MAX = 10;
const EVENTS_KEPT = 50;

const main = required('main');
const health = required('health');
const signOut = required('sign-out');

/** @param {string} id */
function required(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no element ${id}`);
  return found;
}

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {'good' | 'waiting' | 'bad'} state */
function showHealth(state) {
  health.className = `health ${state}`;
  health.textContent = WORDS.health[state];
}

async function watchHealth() {
  for (;;) {
    await call('/health/ready').then(
      () => showHealth('good'),
      () => showHealth('bad'),
    );
    await pause(HEALTH_EVERY_MS);
  }
}

/** @param {string} [problem] */
function askForKey(problem = '') {
  signOut.hidden = true;
  main.replaceChildren(
    signInView({
      problem,
      async open(key) {
        try {
          await call('/v1/events?limit=1', { key });
        } catch (error) {
          return problemOf(error);
        }
        sessionStorage.setItem(KEY, key);
        openHouse(key);
        return '';
      },
    }),
  );
  document.getElementById('key')?.focus();
}

/** @param {unknown} error what is said of it */
function problemOf(error) {
  const words = WORDS.problems;
  const status = error instanceof CallFailed ? error.status : 0;
  if (status === 401) return words.refused;
  if (status === 403) return words.noScope;
  return status === 0 ? words.gone : words.failed;
}

/** @param {string} key */
function openHouse(key) {
  const stop = new AbortController();
  const figures = element('section', {}, element('h2', {}, WORDS.figures.title));
  const figuresBody = element('div');
  const notice = element('p', { className: 'waiting', role: 'status' }, WORDS.events.reading);
  const eventsBody = element('div');
  figures.append(figuresBody);
  const events = element('section', { className: 'card' }, element('h2', {}, WORDS.events.title));
  events.append(notice, eventsBody);
  main.replaceChildren(figures, events);
  // The form that had the focus is gone: the keyboard goes on here.
  main.focus({ preventScroll: true });
  const leave = (problem = '') => {
    stop.abort();
    sessionStorage.removeItem(KEY);
    askForKey(problem);
  };
  signOut.textContent = WORDS.signOut;
  signOut.hidden = false;
  signOut.onclick = () => leave();
  const session = { key, signal: stop.signal, leave };
  void showFigures(session, figuresBody);
  void showEvents(session, { notice, body: eventsBody });
}

/**
 * @param {{ key: string, signal: AbortSignal }} session
 * @param {HTMLElement} body
 */
async function showFigures(session, body) {
  while (!session.signal.aborted) {
    try {
      const response = await call('/v1/live', session);
      /** @type {import('../../src/contract.ts').LiveFigures} */
      const { latest } = await response.json();
      if (latest !== null) body.replaceChildren(figuresView(latest));
    } catch (error) {
      if (error instanceof CallFailed && error.status === 403) {
        body.replaceChildren(element('p', { className: 'muted' }, WORDS.figures.noScope));
        return;
      }
    }
    await pause(FIGURES_EVERY_MS);
  }
}

/**
 * @param {{ key: string, signal: AbortSignal, leave: (problem?: string) => void }} session
 * @param {{ notice: HTMLElement, body: HTMLElement }} place
 */
async function showEvents(session, { notice, body }) {
  /** @type {EventJson[]} */
  let latest = [];
  let after = '';
  let drawing = false;
  /** @param {readonly EventJson[]} events oldest first */
  const add = (events) => {
    latest = [...events].reverse().concat(latest).slice(0, EVENTS_KEPT);
    if (drawing) return;
    drawing = true;
    // At most one drawing a frame, however many events come.
    requestAnimationFrame(() => {
      drawing = false;
      redraw(body, eventsView(latest));
    });
  };
  while (!session.signal.aborted) {
    try {
      if (after === '') {
        latest = [];
        after = await readRecent(session, add);
      }
      const response = await call(`/v1/events/tail?after=${encodeURIComponent(after)}`, session);
      notice.textContent = '';
      await readMessages(response, (message) => {
        if (message.event !== 'message') return;
        after = message.id;
        add([JSON.parse(message.data)]);
      });
      notice.textContent = WORDS.problems.dropped;
    } catch (error) {
      if (session.signal.aborted) return;
      if (refused(error)) return session.leave(problemOf(error));
      // The place may have expired or belong to a log that was restored: begin again with what is recent.
      if (error instanceof CallFailed && error.status === 410) after = '';
      notice.textContent = problemOf(error);
    }
    await pause(RETRY_AFTER_MS);
  }
}

/**
 * Puts `view` in the place of what `body` shows and keeps what a person does with the table: its focus and its scroll.
 * @param {HTMLElement} body
 * @param {HTMLElement} view
 */
function redraw(body, view) {
  const before = body.querySelector('.rows');
  const focused = before !== null && before === document.activeElement;
  const left = before?.scrollLeft ?? 0;
  body.replaceChildren(view);
  const rows = view.querySelector('.rows');
  if (!(rows instanceof HTMLElement)) return;
  rows.scrollLeft = left;
  if (focused) rows.focus({ preventScroll: true });
}

/**
 * Shows what happened last and returns the cursor to follow from.
 * @param {{ key: string, signal: AbortSignal }} session
 * @param {(events: readonly EventJson[]) => void} add
 */
async function readRecent(session, add) {
  for (const [index, lookBackMs] of LOOK_BACK_MS.entries()) {
    const { events, next } = await readSince(session, new Date(Date.now() - lookBackMs));
    if (events.length < EVENTS_KEPT && index < LOOK_BACK_MS.length - 1) continue;
    add(events);
    return next;
  }
  throw new Error('the last look back returns');
}

/**
 * The newest of the events recorded since `from`, oldest first, and the cursor behind them.
 * @param {{ key: string, signal: AbortSignal }} session
 * @param {Date} from
 */
async function readSince(session, from) {
  /** @type {EventJson[]} */
  let events = [];
  let next = '';
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const query = new URLSearchParams({ from: from.toISOString(), limit: '1000' });
    if (next !== '') query.set('after', next);
    const response = await call(`/v1/events?${query}`, session);
    /** @type {EventPage} */
    const read = await response.json();
    events = [...events, ...read.events].slice(-EVENTS_KEPT);
    next = read.next;
    if (!read.more) break;
  }
  return { events, next };
}

/** @param {unknown} error */
function refused(error) {
  return error instanceof CallFailed && (error.status === 401 || error.status === 403);
}

showHealth('waiting');
void watchHealth();
const kept = sessionStorage.getItem(KEY);
if (kept === null) askForKey();
else openHouse(kept);
