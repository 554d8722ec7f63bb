/** The pages under /docs: search, copying, and where in the contents the reader is. Without it they only lack these. */

const FOUND_MAX = 30;
const COPIED_MS = 1500;

const search = document.querySelector('.search');
const input = document.querySelector('#search');
const list = document.querySelector('#found');
const told = document.querySelector('#told');

/** Rows of [address, first line, second line]; loaded when the search is used first. */
let rows = [];
let loading;
let chosen = -1;

async function load() {
  loading ??= fetch('/docs/search.json').then((answer) => answer.json());
  rows = await loading;
}

/** Every word must be somewhere; hits in the first line count more, and short addresses come first. */
function find(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return rows
    .map((row) => ({ row, score: scoreOf(row, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.row[1].length - b.row[1].length)
    .slice(0, FOUND_MAX)
    .map(({ row }) => row);
}

function scoreOf([address, first, second], words) {
  const places = [first.toLowerCase(), second.toLowerCase(), address.toLowerCase()];
  let score = 0;
  for (const word of words) {
    const hit = places.findIndex((place) => place.includes(word));
    if (hit === -1) return 0;
    score += places.length - hit;
  }
  return score;
}

function show() {
  const found = find(input.value);
  chosen = found.length === 0 ? -1 : 0;
  list.replaceChildren(...found.map(optionOf));
  const isOpen = found.length > 0;
  list.hidden = !isOpen;
  input.setAttribute('aria-expanded', String(isOpen));
  const isAsked = input.value.trim() !== '';
  told.textContent = isAsked ? `${found.length === 0 ? 'Nothing' : found.length} found` : '';
  mark();
}

function optionOf([address, first, second], index) {
  const option = document.createElement('li');
  option.id = `found-${index}`;
  option.setAttribute('role', 'option');
  option.dataset.address = address;
  const name = document.createElement('code');
  name.textContent = first;
  const meaning = document.createElement('span');
  meaning.textContent = second;
  option.append(name, meaning);
  return option;
}

function mark() {
  for (const [index, option] of [...list.children].entries())
    option.setAttribute('aria-selected', String(index === chosen));
  const option = list.children[chosen];
  if (option === undefined) input.removeAttribute('aria-activedescendant');
  else input.setAttribute('aria-activedescendant', option.id);
  option?.scrollIntoView({ block: 'nearest' });
}

function close() {
  list.hidden = true;
  input.setAttribute('aria-expanded', 'false');
  input.removeAttribute('aria-activedescendant');
}

function open(option) {
  if (option === undefined) return;
  input.value = '';
  close();
  location.assign(option.dataset.address);
  // A place on this page: the reader goes on from there, not from the search.
  document.querySelector('main').focus({ preventScroll: true });
}

function onKey(event) {
  const count = list.children.length;
  if (event.key === 'Escape') {
    if (list.hidden) input.value = '';
    close();
  } else if (count === 0 || list.hidden) return;
  else if (event.key === 'ArrowDown') chosen = (chosen + 1) % count;
  else if (event.key === 'ArrowUp') chosen = (chosen - 1 + count) % count;
  else if (event.key === 'Enter') open(list.children[chosen]);
  else return;
  event.preventDefault();
  mark();
}

function startSearch() {
  search.hidden = false;
  input.addEventListener('focus', () => void load());
  input.addEventListener('input', () => void load().then(show));
  input.addEventListener('keydown', onKey);
  input.addEventListener('blur', close);
  // Before the blur that the press would cause.
  list.addEventListener('mousedown', (event) => {
    event.preventDefault();
    open(event.target.closest('li') ?? undefined);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

function startCopying() {
  // Only a page that is safe to the browser (https or this machine) may write to the clipboard.
  if (navigator.clipboard === undefined) return;
  for (const button of document.querySelectorAll('.copy')) {
    button.hidden = false;
    button.addEventListener('click', () => void copy(button));
  }
}

async function copy(button) {
  await navigator.clipboard.writeText(button.closest('.sample').querySelector('pre').textContent);
  button.textContent = 'Copied';
  told.textContent = 'Copied';
  setTimeout(() => {
    button.textContent = 'Copy';
    told.textContent = '';
  }, COPIED_MS);
}

/** The operation nearest to the top of the window is the one that is read. */
function startFollowing() {
  const links = new Map(
    [...document.querySelectorAll('.operations a')].map((link) => [link.hash.slice(1), link]),
  );
  let current;
  const observer = new IntersectionObserver(
    (entries) => {
      const entered = entries.find((entry) => entry.isIntersecting);
      const link = entered === undefined ? undefined : links.get(entered.target.id);
      if (link === undefined) return;
      current?.removeAttribute('aria-current');
      link.setAttribute('aria-current', 'location');
      link.scrollIntoView({ block: 'nearest' });
      current = link;
    },
    { rootMargin: '-80px 0px -80% 0px' },
  );
  for (const section of document.querySelectorAll('.operation')) observer.observe(section);
}

/** Wide screens always show the contents; narrow ones fold them. */
function startContents() {
  const contents = document.querySelector('.contents details');
  const isWide = matchMedia('(min-width: 900px)');
  const fold = () => {
    contents.open = isWide.matches;
  };
  isWide.addEventListener('change', fold);
  fold();
  contents.addEventListener('click', (event) => {
    if (!isWide.matches && event.target.closest('.operations a')) contents.open = false;
  });
}

startSearch();
startCopying();
startContents();
startFollowing();
