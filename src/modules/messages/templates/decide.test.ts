import { describe, expect, test } from 'vitest';
import { aroundOf, commandOf, senderOf } from '../around.fixture.ts';
import type { TemplateCommand } from './commands.ts';
import { decide } from './decide.ts';
import { approvalIn, evolve, initialState, versionFor, type TemplateState } from './state.ts';

const TEXTS = [
  { language: 'en', body: 'Hello {{name}}' },
  { language: 'pl', body: 'Cześć {{ name }}' },
];
const CONTENT = {
  category: 'utility',
  variables: [{ name: 'name', example: 'Ana' }],
  texts: TEXTS,
};
const around = aroundOf({ 'messages.senders/desk': senderOf() });

const decided = (state: TemplateState, type: TemplateCommand['type'], input: object = {}) =>
  decide(state, commandOf<TemplateCommand>(type, { id: 't1', input }), around);

/** The state after commands that are accepted. */
function after(
  ...commands: readonly (readonly [TemplateCommand['type'], object?])[]
): TemplateState {
  return commands.reduce((state, [type, input]) => {
    const decision = decided(state, type, input);
    if (decision.outcome === 'rejected') throw new Error(decision.code);
    return decision.events.reduce(evolve, state);
  }, initialState);
}

const created = (more: object = {}): readonly [TemplateCommand['type'], object] => [
  'CreateTemplate',
  { name: 'hello', channel: 'whatsapp', ...CONTENT, ...more },
];
const approved = (
  version: number,
  language: string,
): readonly [TemplateCommand['type'], object] => [
  'NoteTemplateReview',
  { version, language, review: 'approved' },
];
const asked = (version: number, language = 'en') => ({ version, language });

describe('M4: what a template says', () => {
  test.each<[string, object]>([
    ['TEMPLATE_PLACEHOLDER_UNKNOWN', { variables: [] }],
    ['TEMPLATE_VARIABLE_UNUSED', { texts: [...TEXTS, { language: 'de', body: 'Hallo' }] }],
    ['TEMPLATE_NAME_TWICE', { texts: [TEXTS[0], TEXTS[0]] }],
    ['TEMPLATE_SUBJECT_MISSING', { channel: 'email' }],
    ['TEMPLATE_PART_UNFIT', { texts: [{ ...TEXTS[0], footer: 'Yours, {{name}}' }] }],
  ])('%s', (code, more) => {
    expect(decided(initialState, ...created(more))).toMatchObject({ outcome: 'rejected', code });
  });

  test('only the provider approves a WhatsApp template; mail needs no review', () => {
    expect(decided(after(created()), 'SubmitTemplate')).toMatchObject({
      code: 'TEMPLATE_SENDER_MISSING',
    });
    const waiting = after(created(), ['SubmitTemplate', { senderId: 'desk' }]);
    expect(waiting).toMatchObject({
      reviews: [{ approval: 'submitted' }, { approval: 'submitted' }],
    });
    const texts = TEXTS.map((text) => ({ ...text, subject: 'Hello' }));
    const mail = after(created({ channel: 'email', texts }), ['SubmitTemplate']);
    expect(mail).toMatchObject({ reviews: [{ approval: 'approved' }, { approval: 'approved' }] });
  });
});

describe('M11: a change is a new version', () => {
  const changed = ['ChangeTemplate', CONTENT] as const;

  test('the approved one before goes out until the new one is approved, and to whoever was promised it', () => {
    const before = after(
      created(),
      ['SubmitTemplate', { senderId: 'desk' }],
      approved(1, 'en'),
      changed,
    );
    if (before.status === 'unknown') throw new Error('it is there');
    expect(before.version).toBe(2);
    expect(versionFor(before, 'en').version).toBe(1);
    // Polish was never approved: the newest version is asked for and waits.
    expect(versionFor(before, 'pl').version).toBe(2);
    const approval = evolve(before, {
      type: 'TemplateReviewed',
      data: { templateId: 't1', ...asked(2), review: 'approved', reason: null, providerId: null },
    });
    if (approval.status === 'unknown') throw new Error('it is there');
    expect(versionFor(approval, 'en').version).toBe(2);
    expect(approvalIn(approval, asked(1))).toBe('approved');
    expect(approvalIn(approval, asked(3))).toBe('unknown');
    expect(approvalIn(approval, asked(2, 'de'))).toBe('unknown');
  });

  test('what is said of an older version, or said again, changes nothing', () => {
    const state = after(
      created(),
      ['SubmitTemplate', { senderId: 'desk' }],
      approved(1, 'en'),
      changed,
    );
    expect(decided(state, ...approved(1, 'pl'))).toMatchObject({ events: [] });
    const reviewed = after(created(), ['SubmitTemplate', { senderId: 'desk' }], approved(1, 'en'));
    expect(decided(reviewed, ...approved(1, 'en'))).toMatchObject({ events: [] });
  });
});
