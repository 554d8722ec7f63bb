import { expect, test } from 'vitest';
import { providerParts, unfitPart } from './provider-parts.ts';

const VARIABLES = ['name', 'time', 'place'].map((name) => ({ name, example: `an ${name}` }));

test('M4: places of header and body are numbered apart, in the order of the variables', () => {
  const text = {
    language: 'en',
    subject: 'At {{place}}',
    body: '{{time}}, {{ name }}: until {{time}}',
    footer: 'Reply STOP',
  };
  expect(providerParts(text, VARIABLES)).toEqual({
    header: { text: 'At {{1}}', variables: [VARIABLES[2]] },
    body: { text: '{{2}}, {{1}}: until {{2}}', variables: [VARIABLES[0], VARIABLES[1]] },
    footer: 'Reply STOP',
  });
  expect(providerParts({ language: 'en', body: 'Hi' }, VARIABLES)).toEqual({
    header: null,
    body: { text: 'Hi', variables: [] },
    footer: null,
  });
});

test.each<[string | null, object]>([
  [null, { subject: 'For {{name}}', footer: 'Reply STOP' }],
  ['subject', { subject: '{{name}} {{time}}' }],
  ['subject', { subject: 'x'.repeat(61) }],
  ['body', { body: 'x'.repeat(1025) }],
  ['footer', { footer: 'Bye {{name}}' }],
  ['footer', { footer: 'x'.repeat(61) }],
])('M4: of a text the unfit part is %s', (part, more) => {
  expect(unfitPart({ language: 'en', body: 'Hello', ...more })).toBe(part);
});
