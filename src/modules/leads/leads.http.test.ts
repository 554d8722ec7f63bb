/** A quiz from its draft to a customer, over HTTP: what the public sees, what staff sees, what is refused. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askBehind } from '../../../test/support/lists-behind.ts';
import type { AuditEntry } from '../../core/audit.ts';
import { ADMIN_KEY, httpFixture, type HttpFixture, type JsonAnswer } from '../../http/fixture.ts';
import { EXAMPLE_QUIZ, SHORT_QUIZ } from './quizzes/examples.ts';
import { SESSIONS_PER_ADDRESS } from './routes-public.ts';
import { solved } from './solve.fixture.ts';

let http: HttpFixture;
const recorded: AuditEntry[] = [];
const QUIZ = '/public/default/quiz/guests';

const post = (path: string, body: unknown = {}, more: object = {}): Promise<JsonAnswer> =>
  http.json(path, { method: 'POST', body, ...more });
const open = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  post(path, body, { key: null, headers });

beforeAll(async () => {
  http = await httpFixture({
    trustedProxies: ['127.0.0.1'],
    audit: {
      note: (entry) => void recorded.push(entry),
      record: async (entry) => void recorded.push(entry),
    },
  });
  const created = await post('/v1/leads/quizzes', {
    slug: 'guests',
    definition: EXAMPLE_QUIZ,
    publish: true,
  });
  expect([created.status, created.body.id]).toEqual([201, 'guests']);
});
afterAll(() => http.close());

async function proofFor(quiz = QUIZ, headers: Record<string, string> = {}) {
  const { body } = await http.json(quiz, { key: null, headers });
  return solved(body.challenge);
}

interface Session {
  readonly sessionId: string;
  readonly token: string;
}

async function start(more: object = {}, quiz = QUIZ): Promise<Session> {
  const started = await open(`${quiz}/sessions`, { proof: await proofFor(quiz), ...more });
  expect(started.status).toBe(201);
  return started.body;
}

type Said = readonly [questionId: string, value: unknown, more?: object];
const answer = ({ sessionId, token }: Session, ...[questionId, value, more]: Said) =>
  open(
    `${QUIZ}/sessions/${sessionId}/answers`,
    { questionId, value, ...more },
    { authorization: `Bearer ${token}` },
  );

const CONTACT = { name: 'Ana', email: 'ana@example.com', consents: ['email'] };

describe('a quiz in public', () => {
  test('Q4: it is shown in the language wished for, without scores, jumps and endings', async () => {
    const { status, body } = await http.json(`${QUIZ}?language=pl`, { key: null });
    expect([status, body.title, body.versionId]).toEqual([200, 'Jakim jesteś gościem?', 'v1']);
    expect(body.questions[0]).toEqual({
      id: 'occasion',
      kind: 'single',
      title: 'Co Cię sprowadza?',
      required: true,
      options: [
        { id: 'party', label: 'Przyjęcie' },
        { id: 'dinner', label: 'Kolacja' },
        { id: 'curious', label: 'Ciekawość' },
      ],
    });
    expect(JSON.stringify(body)).not.toMatch(/score|jumps|endings|grades/);
  });

  test('from the first answer to the ending; the same answer again changes nothing', async () => {
    const session = await start({ language: 'en', attribution: { utmSource: 'instagram' } });
    expect((await answer(session, 'occasion', 'party')).body).toMatchObject({
      status: 'open',
      current: 'guests',
      versionId: 'v1',
      result: null,
    });
    expect((await answer(session, 'guests', 30)).body.current).toBe('extras');
    expect((await answer(session, 'extras', ['music'])).body.current).toBe('wishes');
    expect((await answer(session, 'wishes', null)).body.current).toBe('rating');
    expect((await answer(session, 'rating', 5)).body.current).toBe('contact');
    const last = await answer(session, 'contact', CONTACT);
    expect(last.body).toMatchObject({
      status: 'completed',
      current: null,
      result: { score: 90, ending: { id: 'call', title: 'We call you' } },
    });
    expect((await answer(session, 'contact', CONTACT)).status).toBe(200);
    const late = await answer(session, 'rating', 1);
    expect([late.status, late.body.code]).toEqual([409, 'SESSION_COMPLETED']);
    const staff = await http.json(`/v1/leads/sessions/${session.sessionId}`);
    expect(staff.body).toMatchObject({ version: 8, result: { score: 90, grade: 'A' } });
    expect(JSON.stringify(staff.body)).not.toContain('tokenHash');
  });

  test('Q2: it is resumed with its token, on its own version', async () => {
    const session = await start();
    await answer(session, 'occasion', 'curious');
    await post('/v1/leads/quizzes/guests/save-draft', {
      definition: { ...EXAMPLE_QUIZ, questions: EXAMPLE_QUIZ.questions.slice(1) },
    });
    const path = `${QUIZ}/sessions/${session.sessionId}`;
    const bearer = { authorization: `Bearer ${session.token}` };
    const refused = await post('/v1/leads/quizzes/guests/publish');
    expect([refused.status, refused.body.code]).toEqual([200, undefined]);
    const { status, body } = await http.json(path, { key: null, headers: bearer });
    expect([status, body.versionId, body.current]).toEqual([200, 'v1', 'wishes']);
    expect(body.questions).toHaveLength(6);
    expect((await http.json(QUIZ, { key: null })).body.versionId).toBe('v2');
    const other = await answer(session, 'wishes', 'x', { versionId: 'v2' });
    expect([other.status, other.body.code]).toEqual([409, 'QUIZ_VERSION_OTHER']);
    expect((await answer(session, 'wishes', 'x')).status).toBe(200);
    const newer = await start();
    const gone = await answer(newer, 'occasion', 'party');
    expect([gone.status, gone.body.code]).toEqual([409, 'QUESTION_UNKNOWN']);
    const later = await answer(newer, 'rating', 5);
    expect([later.status, later.body.code]).toEqual([409, 'QUESTION_NOT_ASKED']);
  });
});

describe('what is refused', () => {
  test('Q5: a session without its token, or with that of another, is unknown', async () => {
    const [mine, yours] = [await start(), await start()];
    expect((await answer({ ...mine, token: yours.token }, 'guests', 3)).status).toBe(404);
    const path = `${QUIZ}/sessions/${mine.sessionId}`;
    const bearer = { authorization: `Bearer ${yours.token}` };
    expect((await http.json(path, { key: null, headers: bearer })).status).toBe(404);
    expect((await http.json(path, { key: null })).status).toBe(401);
    expect((await open(`${path}/answers`, { questionId: 'guests', value: 3 })).status).toBe(401);
  });

  test('Q6: a proof starts one session, and only of its quiz', async () => {
    await post('/v1/leads/quizzes', { slug: 'short', definition: SHORT_QUIZ, publish: true });
    const proof = await proofFor();
    expect((await open('/public/default/quiz/short/sessions', { proof })).status).toBe(400);
    expect((await open(`${QUIZ}/sessions`, { proof })).status).toBe(201);
    const again = await open(`${QUIZ}/sessions`, { proof });
    expect([again.status, again.body.code]).toEqual([409, 'SESSION_EXISTS']);
    const forged = { ...proof, challenge: proof.challenge.replace('.10.', '.0.') };
    expect((await open(`${QUIZ}/sessions`, { proof: forged })).status).toBe(400);
    expect((await open(`${QUIZ}/sessions`, {})).body.code).toBe('INPUT_INVALID');
  });

  test('Q7: whoever fills in what nobody sees gets a session that is none', async () => {
    const decoy = await start({ website: 'https://spam.example' });
    expect(decoy).toMatchObject({ current: 'guests', status: 'open' });
    expect((await answer(decoy, 'guests', 3)).status).toBe(404);
  });

  test('a quiz of another tenant, a draft and one that never was are unknown alike', async () => {
    await http.tenant('neighbour');
    await post('/v1/leads/quizzes', { slug: 'draft', definition: SHORT_QUIZ });
    const session = await start();
    const texts = await Promise.all(
      [
        '/public/neighbour/quiz/guests',
        '/public/nobody/quiz/guests',
        '/public/default/quiz/draft',
        '/public/default/quiz/never',
        `/public/default/quiz/..%2f/sessions/${session.sessionId}`,
      ].map(async (path) => {
        const headers = { authorization: `Bearer ${session.token}` };
        const { status, body } = await http.json(path, { key: null, headers });
        return `${status} ${body.detail}`;
      }),
    );
    expect(new Set(texts)).toEqual(new Set(['404 There is nothing with this id.']));
    const elsewhere = `/public/neighbour/quiz/guests/sessions/${session.sessionId}/answers`;
    const bearer = { authorization: `Bearer ${session.token}` };
    const body = { questionId: 'guests', value: 3 };
    expect((await open(elsewhere, body, bearer)).status).toBe(404);
  });

  test('a closed quiz starts nothing, and what was started is finished', async () => {
    const quiz = '/public/default/quiz/short';
    const { sessionId, token } = await start({}, quiz);
    await post('/v1/leads/quizzes/short/close');
    const closed = await http.json(quiz, { key: null });
    expect([closed.status, closed.body.code]).toEqual([409, 'QUIZ_NOT_OPEN']);
    const done = await open(
      `${quiz}/sessions/${sessionId}/answers`,
      { questionId: 'occasion', value: 'party' },
      { authorization: `Bearer ${token}` },
    );
    expect(done.body.status).toBe('completed');
  });

  test('a quiz that loops is saved as a draft and never published', async () => {
    const [first, ...rest] = EXAMPLE_QUIZ.questions;
    const back = { ...rest.at(-1), jumps: [{ when: [], to: 'occasion' }] };
    const definition = { ...EXAMPLE_QUIZ, questions: [first, ...rest.slice(0, -1), back] };
    const saved = await post('/v1/leads/quizzes', { slug: 'loop', definition });
    expect(saved.body.faults).toMatchObject([{ code: 'LOOP' }]);
    const published = await post('/v1/leads/quizzes/loop/publish');
    expect([published.status, published.body.code]).toEqual([409, 'QUIZ_FAULTY']);
    expect(published.body.details.faults[0]).toMatchObject({ code: 'LOOP', at: 'occasion' });
  });

  test('a text that is no JSON of an answer is refused at the border', async () => {
    const session = await start();
    const surplus = await answer(session, 'guests', 3, { score: 9000 });
    expect([surplus.status, surplus.body.code]).toEqual([400, 'INPUT_INVALID']);
    const many = await answer(session, 'guests', 501);
    expect([many.status, many.body.code, many.body.details.reason]).toEqual([
      409,
      'ANSWER_INVALID',
      'at most 500',
    ]);
  });
});

test('Q8: of 10,000 sessions from one address behind a proxy, the first are started, at a rising price', async () => {
  const headers = { 'x-forwarded-for': '203.0.113.9' };
  const challenges = await Promise.all(
    Array.from({ length: 100 }, () => http.json(QUIZ, { key: null, headers })),
  );
  const difficulties = challenges.map(({ body }) => body.challenge.difficulty);
  expect([Math.min(...difficulties), Math.max(...difficulties)]).toEqual([10, 12]);
  const nonsense = { proof: { challenge: 'x', number: 1 } };
  const statuses = new Map<number, number>();
  for (let sent = 0; sent < SESSIONS_PER_ADDRESS + 50; sent += 50) {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => open(`${QUIZ}/sessions`, nonsense, headers)),
    );
    for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect(statuses).toEqual(
    new Map([
      [400, SESSIONS_PER_ADDRESS],
      [429, 50],
    ]),
  );
  const refused = await open(`${QUIZ}/sessions`, nonsense, headers);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused.headers.get('ratelimit-policy')).toBe('"quiz-sessions";q=600;w=600');
  const neighbour = { 'x-forwarded-for': '203.0.113.10' };
  const proof = await proofFor(QUIZ, neighbour);
  expect((await open(`${QUIZ}/sessions`, { proof }, neighbour)).status).toBe(201);
});

describe('a lead', () => {
  const captured = async (contact: object, more: object = {}): Promise<JsonAnswer> =>
    post('/v1/leads', { contact, source: 'manual', ...more });

  test('Q15: it becomes a customer once, with what it agreed to', async () => {
    const consents = [{ channel: 'email', wording: 'Write me.' }];
    const { id } = (await captured({ name: 'Ida', email: 'ida@example.com' }, { consents })).body;
    const [first, second] = await Promise.all([
      post(`/v1/leads/${id}/convert`),
      post(`/v1/leads/${id}/convert`),
    ]);
    expect([first.body.customerId, second.body.customerId]).toEqual([id, id]);
    const customer = (await http.json(`/v1/customers/${id}`)).body;
    expect(customer).toMatchObject({ name: 'Ida' });
    expect(JSON.stringify(customer)).toContain('Write me.');
    expect((await http.json(`/v1/leads/${id}`)).body.customerId).toBe(id);
  });

  test('whoever has its e-mail is found instead of registered', async () => {
    const known = await post('/v1/customers', { name: 'Jan', email: 'jan@example.com' });
    await http.json(`/v1/customers?wait=${known.body.cursor}`);
    const lead = await captured({ email: 'jan@example.com' });
    const converted = await post(`/v1/leads/${lead.body.id}/convert`);
    expect(converted.body).toEqual({ customerId: known.body.id, registered: false });
  });

  test('whoever writes the e-mail in other capitals is found, by any of theirs, merged or not', async () => {
    const known = await post('/v1/customers', { name: 'Eva', email: 'Eva@Example.com' });
    const { id } = known.body;
    const more = { kind: 'email', value: 'eva@work.example' };
    await post(`/v1/customers/${id}/add-identifier`, more);
    const old = await post('/v1/customers', { name: 'E.', email: 'eva@old.example' });
    await post(`/v1/customers/${id}/merge`, { otherId: old.body.id });
    for (const email of ['eva@example.com', 'eva@work.example', 'eva@old.example']) {
      const lead = await captured({ email });
      const converted = await post(`/v1/leads/${lead.body.id}/convert`);
      expect([email, converted.body]).toEqual([email, { customerId: id, registered: false }]);
    }
  });

  test('a consent that was taken back since is not given again', async () => {
    const email = 'left@example.com';
    const consents = [
      { channel: 'email', wording: 'Write me.' },
      { channel: 'whatsapp', wording: 'Text me.' },
    ];
    const lead = await captured({ name: 'Ola', email }, { consents });
    const { id } = (await post('/v1/customers', { name: 'Ola', email })).body;
    const newsletter = { channel: 'email', wording: 'Newsletter.' };
    await post(`/v1/customers/${id}/give-consent`, newsletter);
    await post(`/v1/customers/${id}/withdraw-consent`, { channel: 'email' });
    expect((await post(`/v1/leads/${lead.body.id}/convert`)).body.customerId).toBe(id);
    const { body } = await http.json(`/v1/customers/${id}`);
    expect(body.consents).toMatchObject([{ channel: 'whatsapp', wording: 'Text me.' }]);
  });

  test('whoever was registered a moment ago is found too, before any list shows it', async () => {
    const email = 'kim@example.com';
    const { id } = (await captured({ name: 'Kim', email })).body;
    let customerId = '';
    const { answer: converted, isEarly } = await askBehind(http.modules.projections, {
      lists: ['customers.list'],
      async write() {
        customerId = (await post('/v1/customers', { name: 'Kim', email })).body.id;
      },
      ask: () => post(`/v1/leads/${id}/convert`),
      meanwhile: () => http.json(`/v1/customers?email=${email}`),
    });
    expect([converted.body, isEarly]).toEqual([{ customerId, registered: false }, false]);
  });

  test('a link to a customer that is none is refused', async () => {
    const { id } = (await captured({ phone: '+48123456789' })).body;
    const { status, body } = await post(`/v1/leads/${id}/link-customer`, { customerId: 'nobody' });
    expect([status, body.code]).toEqual([409, 'LEAD_CUSTOMER_UNKNOWN']);
    expect((await post('/v1/leads/nobody/convert')).status).toBe(404);
  });

  test('the export holds no formulas, and is written down before it leaves', async () => {
    const made = await captured({ name: '=1+1', email: 'formula@example.com' });
    const filter = `email=formula%40example.com&wait=${made.body.cursor}`;
    const answered = await http.call(`/v1/leads/export.csv?${filter}`);
    const [header = '', line = '', rest] = (await answered.text()).split('\r\n');
    expect(header.startsWith('id,name,email,phone,stage')).toBe(true);
    expect([line.includes(`,'=1+1,formula@example.com,`), rest]).toEqual([true, '']);
    expect(recorded.some(({ action }) => action === 'leads.exported')).toBe(true);
  });

  test('a key without the permission reads and converts nothing', async () => {
    const { key } = await http.key(ADMIN_KEY, ['orders:read']);
    expect((await http.json('/v1/leads/export.csv', { key })).status).toBe(403);
    expect((await post('/v1/leads/x/convert', {}, { key })).status).toBe(403);
    expect((await http.json('/v1/leads/quizzes/guests/funnel', { key })).status).toBe(403);
  });
});

test('the funnel tells where people leave', async () => {
  await post('/v1/leads/quizzes', { slug: 'funnel', definition: EXAMPLE_QUIZ, publish: true });
  const quiz = '/public/default/quiz/funnel';
  const sessions = [await start({}, quiz), await start({}, quiz)];
  for (const { sessionId, token } of sessions)
    await open(
      `${quiz}/sessions/${sessionId}/answers`,
      { questionId: 'occasion', value: 'party' },
      { authorization: `Bearer ${token}` },
    );
  const done = await post('/v1/leads/quizzes/funnel/close');
  const { status, body } = await http.json(
    `/v1/leads/quizzes/funnel/funnel?wait=${done.body.cursor}`,
  );
  expect([status, body.sessions.started]).toEqual([200, 2]);
  expect(body.questions.slice(0, 3)).toMatchObject([
    { questionId: 'occasion', asked: 2, answered: 2, dropOff: 0 },
    { questionId: 'guests', asked: 2, answered: 0, dropOff: 1 },
    { questionId: 'extras', asked: 0, answered: 0, dropOff: 0 },
  ]);
});

describe('a preview of a draft', () => {
  const definition = EXAMPLE_QUIZ;
  const preview = (more: object = {}, options: object = {}) =>
    post('/v1/leads/quizzes/preview', { definition, ...more }, options);

  test('says of the same answers what a session of the published quiz says, and stores nothing', async () => {
    const quiz = '/public/default/quiz/tried';
    expect(
      (await post('/v1/leads/quizzes', { slug: 'tried', definition, publish: true })).status,
    ).toBe(201);
    const { sessionId, token } = await start({ language: 'pl' }, quiz);
    const say = (questionId: string, value: unknown) =>
      open(
        `${quiz}/sessions/${sessionId}/answers`,
        { questionId, value },
        { authorization: `Bearer ${token}` },
      );
    const first = await say('occasion', 'curious');
    expect(first.status).toBe(200);
    const answers = [{ questionId: 'occasion', value: 'curious' }];
    const shown = await preview({ language: 'pl', answers });
    expect(shown.status).toBe(200);
    expect(shown.body).toMatchObject({
      current: first.body.current,
      language: first.body.language,
      quiz: { title: 'Jakim jesteś gościem?' },
      faults: [],
      refused: null,
    });
    const wrong = await say('rating', 99);
    const refused = await preview({ answers: [...answers, { questionId: 'rating', value: 99 }] });
    expect(refused.body.refused).toMatchObject({ code: wrong.body.code, questionId: 'rating' });
    expect((await http.json('/v1/leads/quizzes/preview')).status).toBe(404);
    const stored = await http.json('/v1/events?type=comptoir.quiz-session.*&limit=1000');
    expect(JSON.stringify(stored.body.events)).not.toContain('"preview"');
  });

  test('is for whoever may write quizzes; more than a draft and answers is bad input', async () => {
    const { key: reader } = await http.key(ADMIN_KEY, ['leads:read']);
    expect((await preview({}, { key: reader })).status).toBe(403);
    const { key: writer } = await http.key(ADMIN_KEY, ['leads:quizzes']);
    expect((await preview({}, { key: writer })).status).toBe(200);
    const { key: module } = await http.key(ADMIN_KEY, ['leads:write']);
    expect((await preview({}, { key: module })).status).toBe(200);
    expect((await preview({}, { key: null })).status).toBe(401);
    for (const more of [
      { publish: true },
      { answers: [{ questionId: 'occasion', value: 'party', sessionId: 'x' }] },
      { answers: Array.from({ length: 301 }, () => ({ questionId: 'occasion', value: 'party' })) },
      { definition: { ...EXAMPLE_QUIZ, secret: true } },
    ])
      expect((await preview(more)).body.code).toBe('INPUT_INVALID');
  });
});
