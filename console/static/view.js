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

/**
 * A second in which nothing was measured is a gap, not a zero.
 * @param {LiveFigure} figures
 */
export function figuresView(figures) {
  const words = WORDS.figures;
  const all = [
    [words.acceptedPerSecond, NUMBER.format(figures.acceptedPerSecond), ''],
    [words.duplicatesPerSecond, NUMBER.format(figures.duplicatesPerSecond), ''],
    [words.rejectedPerSecond, NUMBER.format(figures.rejectedPerSecond), ''],
    figures.appendP95Ms === null
      ? [words.appendP95Ms, words.gap, '', words.gapMeaning]
      : [words.appendP95Ms, TENTHS.format(figures.appendP95Ms), ' ms'],
    [words.queueLength, NUMBER.format(figures.queueLength), ''],
    [words.rss, NUMBER.format(figures.rssBytes / BYTES_PER_MB), ' MB'],
  ];
  return element(
    'dl',
    { className: 'figures' },
    ...all.map(([name = '', value = '', unit = '', meaning = '']) =>
      element(
        'div',
        {},
        element('dt', {}, name),
        element('dd', { title: meaning }, value, element('small', {}, unit)),
      ),
    ),
  );
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
      ...copyButton(words.emptyCommand),
    );
  const heads = [words.recorded, words.type, words.subject, words.source, words.id, words.position];
  return element(
    'div',
    {},
    element('p', { className: 'muted' }, words.following),
    element(
      'div',
      { className: 'rows', tabIndex: 0, ariaLabel: words.title, role: 'region' },
      element(
        'table',
        {},
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            ...heads.map((head) =>
              element(
                'th',
                { scope: 'col', className: head === words.position ? 'number' : '' },
                head,
              ),
            ),
          ),
        ),
        element('tbody', {}, ...events.slice(0, ROWS_MAX).map(eventRow)),
      ),
    ),
  );
}

/**
 * No button where the browser gives pages no clipboard (an address that is neither https nor this machine).
 * @param {string} text
 */
function copyButton(text) {
  const { clipboard } = /** @type {{ clipboard?: Clipboard }} */ (navigator);
  if (clipboard === undefined) return [];
  const button = element('button', { type: 'button', className: 'quiet' }, WORDS.events.copy);
  button.addEventListener('click', () => {
    void clipboard.writeText(text).then(() => (button.textContent = WORDS.events.copied));
  });
  return [button];
}

/** @param {EventJson} event */
function eventRow(event) {
  return element(
    'tr',
    {},
    element('td', {}, element('time', { dateTime: event.recordedtime }, timeOf(event))),
    element('td', { className: 'type', title: event.type }, event.type),
    element('td', { title: event.subject ?? '' }, event.subject ?? ''),
    element('td', { className: 'source', title: event.source }, event.source),
    element('td', { className: 'id', title: event.id }, event.id),
    element('td', { className: 'number' }, event.position.replace(/^0+(?=\d)/, '')),
  );
}

/** @param {EventJson} event */
function timeOf(event) {
  return TIME.format(new Date(event.recordedtime));
}

/**
 * The form that asks for the key. `open` is called with what was typed and answers with what is wrong with it,
 * nothing when the form was left behind.
 * @param {{ problem: string, open: (key: string) => Promise<string> }} options
 */
export function signInView({ problem, open }) {
  const words = WORDS.signIn;
  const field = element('input', {
    id: 'key',
    type: 'password',
    autocomplete: 'off',
    spellcheck: false,
  });
  const button = element('button', { type: 'submit' }, words.button);
  const alert = element('p', { className: 'bad', role: 'alert' }, problem);
  const form = element(
    'form',
    { className: 'card sign-in' },
    element('h1', {}, words.title),
    element('p', {}, words.hint),
    alert,
    element('label', { htmlFor: 'key' }, words.label),
    field,
    element('div', {}, button),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  async function submit() {
    const key = field.value.trim();
    alert.textContent = '';
    button.disabled = true;
    button.textContent = words.checking;
    alert.textContent = key === '' ? words.missing : await open(key);
    button.disabled = false;
    button.textContent = words.button;
    field.select();
  }
  return form;
}
