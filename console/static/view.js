/** What the page draws. Text enters as text nodes only, so nothing an event carries can become markup. */
import { WORDS } from './words.js';

/** @typedef {import('../../src/contract.ts').EventJson} EventJson */
/** @typedef {import('../../src/contract.ts').LiveFigure} LiveFigure */

/** More rows than fit a screen help nobody and cost every repaint. */
const ROWS_MAX = 50;
const BYTES_PER_MB = 1e6;

const NUMBER = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const TENTHS = new Intl.NumberFormat(undefined, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} properties
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** @param {LiveFigure} figures */
export function figuresView(figures) {
  const words = WORDS.figures;
  const all = [
    [words.acceptedPerSecond, NUMBER.format(figures.acceptedPerSecond), ''],
    [words.duplicatesPerSecond, NUMBER.format(figures.duplicatesPerSecond), ''],
    [words.rejectedPerSecond, NUMBER.format(figures.rejectedPerSecond), ''],
    [words.appendP95Ms, measured(figures.appendP95Ms), ' ms'],
    [words.queueLength, NUMBER.format(figures.queueLength), ''],
    [words.rss, NUMBER.format(figures.rssBytes / BYTES_PER_MB), ' MB'],
  ];
  return element(
    'dl',
    { className: 'figures' },
    ...all.map(([name = '', value = '', unit = '']) =>
      element(
        'div',
        {},
        element('dt', {}, name),
        element('dd', {}, value, element('small', {}, unit)),
      ),
    ),
  );
}

/**
 * A second in which nothing was measured is a gap, not a zero.
 * @param {number | null} value
 */
function measured(value) {
  return value === null ? WORDS.figures.gap : TENTHS.format(value);
}

/** @param {readonly EventJson[]} events newest first */
export function eventsView(events) {
  const words = WORDS.events;
  if (events.length === 0)
    return element(
      'div',
      {},
      element('p', {}, element('strong', {}, words.emptyTitle)),
      element('p', {}, words.emptyHint),
      element('pre', { tabIndex: 0 }, element('code', {}, words.emptyCommand)),
    );
  const heads = [words.recorded, words.type, words.subject, words.source, words.id, words.position];
  return element(
    'div',
    { className: 'rows', tabIndex: 0 },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head))),
      ),
      element('tbody', {}, ...events.slice(0, ROWS_MAX).map(eventRow)),
    ),
    element('p', { className: 'muted' }, words.following),
  );
}

/** @param {EventJson} event */
function eventRow(event) {
  return element(
    'tr',
    {},
    element('td', {}, element('time', { dateTime: event.recordedtime }, timeOf(event))),
    element('td', {}, event.type),
    element('td', {}, event.subject ?? ''),
    element('td', {}, event.source),
    element('td', { className: 'id' }, event.id),
    element('td', { className: 'id' }, event.position.replace(/^0+(?=\d)/, '')),
  );
}

/** @param {EventJson} event */
function timeOf(event) {
  return TIME.format(new Date(event.recordedtime));
}

/**
 * The form that asks for the key. `open` is called with what was typed.
 * @param {{ problem: string, open: (key: string) => void }} options
 */
export function signInView({ problem, open }) {
  const words = WORDS.signIn;
  const field = element('input', {
    id: 'key',
    type: 'password',
    autocomplete: 'off',
    spellcheck: false,
  });
  const alert = element('p', { className: 'bad', role: 'alert' }, problem);
  const form = element(
    'form',
    { className: 'card' },
    element('h1', {}, words.title),
    element('p', {}, words.hint),
    alert,
    element('label', { htmlFor: 'key' }, words.label),
    field,
    element('div', {}, element('button', { type: 'submit' }, words.button)),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const key = field.value.trim();
    if (key === '') alert.textContent = words.missing;
    else open(key);
  });
  return form;
}
