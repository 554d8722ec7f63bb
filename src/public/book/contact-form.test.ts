import { expect, test } from 'vitest';
import { en } from '../words/en.ts';
import { contactOf } from './contact-form.ts';

const whole = { name: 'Ana', email: 'ana@example.com', consent: 'yes' };
const read = (fields: Record<string, string>) =>
  contactOf(new Map(Object.entries(fields)), en.book);

test('a contact is taken as it was written, a phone without its marks', () => {
  expect(read({ ...whole, phone: '0048 (12) 345-67.89', note: 'window' })).toEqual({
    kind: 'given',
    given: {
      contact: { name: 'Ana', email: 'ana@example.com', phone: '+48123456789' },
      note: 'window',
    },
  });
  expect(read({ name: 'Ana', phone: '+48 123 456 789', consent: 'yes' }).kind).toBe('given');
});

test.each([
  [{ name: '' }, 'name'],
  [{ name: 'x'.repeat(10_000) }, 'name'],
  [{ email: '' }, 'email'],
  [{ email: 'ana' }, 'email'],
  [{ email: 'a@b' }, 'email'],
  [{ email: `${'a'.repeat(65)}@example.com` }, 'email'],
  [{ email: 'a@b.example\nbcc: c@d.example' }, 'email'],
  [{ phone: '123456789' }, 'phone'],
  [{ note: 'x'.repeat(1_001) }, 'note'],
  [{ consent: '' }, 'consent'],
])('%j is told at %s', (wrong, field) => {
  const answer = read({ ...whole, ...wrong } as Record<string, string>);
  expect(answer.kind === 'faulty' && Object.keys(answer.faults)).toEqual([field]);
});

test('names of every script and direction are names', () => {
  for (const name of ['أحمد', '王', 'Łukasz Żółć', '<script>alert(1)</script>', "O'Hara"])
    expect(read({ ...whole, name })).toMatchObject({ given: { contact: { name } } });
});
