/** The quiz: one question at a time, with the keyboard as with a finger, and resumed where it was left. */
const mount = document.getElementById('quiz');
const words = JSON.parse(mount.dataset.words);
const { address, prover } = mount.dataset;
let quiz = JSON.parse(mount.dataset.quiz);
const KEPT = `comptoir ${address}`;
/** { sessionId, token } of the session under way. */
let session = null;
/** What was answered here, by question, so that going back shows it. */
const answers = new Map();

const proof = prove(quiz.challenge);
void begin();

/** The way there is one element each, so that nothing that anybody wrote becomes markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (typeof value === 'boolean') element[name] = value;
    else if (value !== undefined) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function show(...children) {
  mount.replaceChildren(...children.filter(Boolean));
}

function filled(text, values) {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Solved in a worker while the visitor reads; without workers in slices on the page itself. */
function prove(challenge) {
  return new Promise((resolve) => {
    const bySlices = async () => {
      const { search } = await import(prover);
      const step = (from) => {
        const number = search(challenge, from, 500);
        if (number === null) setTimeout(step, 0, from + 500);
        else resolve({ challenge: challenge.text, number });
      };
      step(0);
    };
    try {
      const worker = new Worker(prover, { type: 'module' });
      worker.onmessage = ({ data }) => {
        worker.terminate();
        resolve({ challenge: challenge.text, number: data });
      };
      worker.onerror = () => void bySlices();
      worker.postMessage(challenge);
    } catch {
      void bySlices();
    }
  });
}

async function call(path, body) {
  const answer = await fetch(address + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(session === null ? {} : { authorization: `Bearer ${session.token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json().catch(() => ({})) };
}

function keep() {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(session));
  } catch {
    // Without storage the quiz works; it cannot be resumed.
  }
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
  } catch {
    return null;
  }
}

function forget() {
  session = null;
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // As above.
  }
}

async function begin() {
  session = kept();
  if (session !== null) {
    try {
      const { status, body } = await call(`/sessions/${session.sessionId}`);
      if (status === 200 && (body.status === 'open' || body.status === 'abandoned')) {
        quiz = { ...quiz, ...body };
        return ask(body.current, words.resume);
      }
      if (status === 200 && body.result !== null) return end(body.result);
      forget();
    } catch {
      return failed(begin);
    }
  }
  const button = make('button', { class: 'button', type: 'button' }, words.start);
  button.addEventListener('click', () => void start(button));
  show(make('p', { class: 'lead' }, words.intro), make('p', { class: 'buttons' }, button));
}

async function start(button) {
  button.disabled = true;
  button.textContent = words.preparing;
  try {
    const attribution = attributionOf();
    const { status, body } = await call('/sessions', {
      proof: await proof,
      language: quiz.language,
      ...(Object.keys(attribution).length > 0 ? { attribution } : {}),
    });
    if (status !== 201) return refused(body, status);
    session = { sessionId: body.sessionId, token: body.token };
    keep();
    ask(body.current);
  } catch {
    failed(() => void start(make('button')));
  }
}

function attributionOf() {
  const found = {};
  for (const name of ['source', 'medium', 'campaign', 'term', 'content']) {
    const value = new URLSearchParams(location.search).get(`utm_${name}`);
    if (value) found[`utm${name[0].toUpperCase()}${name.slice(1)}`] = value.slice(0, 100);
  }
  return found;
}

function ask(id, note, isBack = false) {
  const question = quiz.questions.find((each) => each.id === id);
  if (question === undefined) return location.reload();
  if (!isBack) history.pushState({ question: id }, '');
  const index = quiz.questions.indexOf(question);
  const title = make('legend', { tabindex: '-1', dir: 'auto' }, question.title);
  const error = make('p', { class: 'fault-text', id: 'fault', role: 'alert' });
  const form = make(
    'form',
    { novalidate: true },
    make(
      'fieldset',
      { 'aria-describedby': 'fault' },
      title,
      helpOf(question),
      ...fieldsOf(question),
    ),
    error,
    buttonsOf(question),
  );
  form.noValidate = true;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const isSkipped = event.submitter?.name === 'skip';
    void send(question, isSkipped ? null : valueOf(question, form), { form, error });
  });
  const of = quiz.questions.length;
  show(
    note ? make('p', { class: 'quiet' }, note) : null,
    make('p', { class: 'quiet' }, filled(words.step, { n: index + 1, of })),
    make('progress', {
      max: String(of),
      value: String(index),
      'aria-label': words.step.replace(/\{.*$/, '').trim(),
    }),
    form,
  );
  title.focus({ preventScroll: index === 0 });
}

function helpOf({ help, kind, choicesMax }) {
  const text = help ?? (kind === 'multiple' && choicesMax !== 1 ? words.choose : null);
  return text === null ? null : make('p', { class: 'hint', dir: 'auto' }, text);
}

function buttonsOf({ required }) {
  const next = make('button', { class: 'button', type: 'submit' }, words.next);
  const skip = required
    ? null
    : make('button', { class: 'button quiet-button', type: 'submit', name: 'skip' }, words.skip);
  return make('p', { class: 'buttons' }, next, skip);
}

function fieldsOf(question) {
  const before = answers.get(question.id);
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return question.options.map(({ id, label }) =>
        choice({
          type: question.kind === 'single' ? 'radio' : 'checkbox',
          value: id,
          label,
          before,
        }),
      );
    case 'scale': {
      const { min = 1, max = 5 } = question;
      const steps = Array.from({ length: max - min + 1 }, (_, index) => String(min + index));
      const marks = steps.map((step) =>
        choice({ type: 'radio', value: step, label: step, before }),
      );
      return [make('div', { class: 'scale' }, ...marks)];
    }
    case 'number':
      return [
        make(
          'div',
          { class: 'field' },
          make('input', {
            name: 'answer',
            type: 'text',
            inputmode: 'decimal',
            autocomplete: 'off',
            'aria-label': question.title,
            value: before === undefined || before === null ? '' : String(before),
          }),
        ),
      ];
    case 'contact':
      return contactFields(question, before ?? {});
    default: {
      const area = make('textarea', {
        name: 'answer',
        rows: '4',
        dir: 'auto',
        'aria-label': question.title,
        maxlength: question.lengthMax === undefined ? undefined : String(question.lengthMax),
      });
      area.value = before ?? '';
      return [make('div', { class: 'field' }, area)];
    }
  }
}

function choice({ type, value, label, before }) {
  const input = make('input', { type, name: 'answer', value });
  input.checked = Array.isArray(before) ? before.includes(value) : String(before) === value;
  return make('label', { class: 'option' }, input, make('span', { dir: 'auto' }, label));
}

function contactFields({ fields = {}, consents = [] }, before) {
  const types = { name: 'text', email: 'email', phone: 'tel' };
  const inputs = Object.entries(types)
    .filter(([name]) => fields[name] !== undefined && fields[name] !== 'off')
    .map(([name, type]) => {
      const optional = fields[name] === 'optional' ? ` (${words.optional})` : '';
      const id = `contact-${name}`;
      const input = make('input', {
        id,
        name,
        type,
        autocomplete: name === 'phone' ? 'tel' : name,
        dir: 'auto',
        value: before[name] ?? '',
      });
      return make(
        'div',
        { class: 'field' },
        make('label', { for: id }, words[name] + optional),
        input,
      );
    });
  const boxes = consents.map(({ channel, wording }) => {
    const input = make('input', { type: 'checkbox', name: 'consents', value: channel });
    input.checked = before.consents?.includes(channel) ?? false;
    return make(
      'div',
      { class: 'field check' },
      make('label', {}, input, make('span', { dir: 'auto' }, wording)),
    );
  });
  return [...inputs, ...boxes];
}

function valueOf({ kind }, form) {
  const data = new FormData(form);
  const text = (name) => {
    const value = data.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  switch (kind) {
    case 'single':
      return text('answer') === '' ? null : text('answer');
    case 'multiple':
      return data.getAll('answer').map(String);
    case 'number':
    case 'scale': {
      const number = Number(text('answer').replace(',', '.'));
      return text('answer') === '' || !Number.isFinite(number) ? null : number;
    }
    case 'contact': {
      const contact = { consents: data.getAll('consents').map(String) };
      for (const name of ['name', 'email', 'phone']) {
        const value = name === 'phone' ? text(name).replaceAll(/[\s().\-/]/g, '') : text(name);
        if (value !== '') contact[name] = value;
      }
      return Object.keys(contact).length === 1 ? null : contact;
    }
    default:
      return text('answer') === '' ? null : text('answer');
  }
}

async function send(question, value, { form, error }) {
  error.textContent = '';
  if (value === null && question.required) return complain(error, words.required);
  const buttons = [...form.querySelectorAll('button')];
  for (const button of buttons) button.disabled = true;
  try {
    const { status, body } = await call(`/sessions/${session.sessionId}/answers`, {
      questionId: question.id,
      value,
      versionId: quiz.versionId,
    });
    if (status !== 200) {
      if (status >= 500 || status === 429) return complain(error, words.offline, buttons);
      if (status === 404 || status === 401) return refused(body, status);
      return complain(error, saidOf(body), buttons);
    }
    answers.set(question.id, value);
    if (body.current === null) return end(body.result);
    return ask(body.current);
  } catch {
    return complain(error, words.offline, buttons);
  }
}

/** Of the answer's own fault, or of the first field whose form was refused, such as an e-mail address. */
function saidOf({ fault = {}, errors = [] }) {
  const { code, params = {}, field } = fault;
  if (code === 'REQUIRED' && field === 'consents') return words.agree;
  if (code === 'REQUIRED' && field !== undefined)
    return filled(words.needed, { field: words[field] });
  if (code === 'REQUIRED') return words.required;
  if (code === 'WRONG_TYPE' && params.type === 'integer') return words.whole;
  if (words[code] !== undefined) return filled(words[code], { n: String(params.limit) });
  const [, named] = /^\/value\/(email|phone)$/.exec(errors[0]?.at) ?? [];
  return { email: words.badEmail, phone: words.badPhone }[named] ?? words.wrong;
}

function complain(error, text, buttons = []) {
  for (const button of buttons) button.disabled = false;
  error.textContent = text;
}

function end(result) {
  const ending = result?.ending ?? null;
  const title = make('h2', { tabindex: '-1', dir: 'auto' }, ending?.title ?? words.done);
  const again = make('button', { class: 'button quiet-button', type: 'button' }, words.again);
  again.addEventListener('click', () => {
    forget();
    location.reload();
  });
  show(
    make(
      'section',
      { class: 'chosen' },
      title,
      ending?.text ? make('p', { dir: 'auto' }, ending.text) : null,
    ),
    make('p', { class: 'buttons' }, again),
  );
  title.focus();
}

function refused(body, status) {
  forget();
  const text = body.code === 'QUIZ_NOT_OPEN' || status === 404 ? words.closed : words.wrong;
  failed(() => location.reload(), text);
}

function failed(retry, text = words.offline) {
  const button = make('button', { class: 'button', type: 'button' }, words.retry);
  button.addEventListener('click', () => void retry());
  show(
    make('p', { class: 'notice bad', role: 'alert' }, text),
    make('p', { class: 'buttons' }, button),
  );
}

/** The browser's own back button leads to the question before. */
addEventListener('popstate', ({ state }) => {
  if (state?.question && session !== null) ask(state.question, undefined, true);
});
