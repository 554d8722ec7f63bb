import { expect, test } from 'vitest';
import { memberText, withTexts } from './exact-text.ts';

const EVENT = `{
  "id": "e1",
  "data": {
    "big": 12345678901234567890,
    "price": 1.50,
    "tiny": -0,
    "much": 1e400,
    "list": [
      9007199254740993,
      "9007199254740993",
      "n1",
      true,
      null
    ],
    "note": "he said \\"7\\" \\\\",
    "9007199254740993": 1
  }
}`;

test('an event is taken out of its letter digit by digit', () => {
  expect(memberText(`{"id":"d1","event":${EVENT}}`, 'event')).toBe(EVENT);
  expect(memberText('{"event":null}', 'event')).toBe('null');
  expect(memberText('{"id":"d1"}', 'event')).toBeUndefined();
  expect(memberText('[1]', 'event')).toBeUndefined();
});

test('members are set beside numbers that stay as they are written', () => {
  const changed = withTexts(EVENT, { id: 'a "new" one\n', causationid: 'e1' });
  expect(changed).toBe(
    EVENT.replace('"e1"', String.raw`"a \"new\" one\n"`).replace(
      /\n}$/,
      ',\n  "causationid": "e1"\n}',
    ),
  );
  expect(JSON.parse(changed)).toMatchObject({ id: 'a "new" one\n', causationid: 'e1' });
});

test('a member named __proto__ stays one, and what is no JSON is told', () => {
  const hostile = '{\n  "__proto__": {\n    "a": 1\n  },\n  "id": "x"\n}';
  expect(withTexts(hostile, { id: 'x' })).toBe(hostile);
  expect(() => withTexts('{"a":01}', {})).toThrow(SyntaxError);
});
