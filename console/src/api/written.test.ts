import { expect, test } from 'vitest';
import { createWritten, KEPT_MS } from './written.ts';

function tab() {
  const held = new Map<string, string>();
  const clock = { nowMs: 1_000 };
  const storage = {
    getItem: (name: string) => held.get(name) ?? null,
    setItem: (name: string, text: string) => void held.set(name, text),
  };
  const loaded = () => createWritten({ nowMs: () => clock.nowMs, storage });
  return { held, clock, loaded };
}

test('the cursor of the newest command goes with what is read, for a while and over a reload', () => {
  const { clock, loaded } = tab();
  const written = loaded();
  expect(written.headers()).toEqual({});
  written.note('POST /v1/customers', { id: 'a', cursor: 'one' });
  written.note('POST /v1/orders', { id: 'b', cursor: 'two' });
  expect(written.headers()).toEqual({ 'x-wait-for': 'two' });
  clock.nowMs += KEPT_MS;
  expect(loaded().headers()).toEqual({ 'x-wait-for': 'two' });
  clock.nowMs += 1;
  expect(loaded().headers()).toEqual({});
});

test('what was read, and what has no cursor, says nothing', () => {
  const written = tab().loaded();
  written.note('GET /v1/events', { cursor: 'read' });
  for (const body of [null, undefined, 'text', {}, { cursor: 7 }])
    written.note('POST /v1/session', body);
  expect(written.headers()).toEqual({});
});

test('what the tab holds and is no cursor, or of a time to come, is not sent', () => {
  const { held, loaded } = tab();
  for (const text of ['', 'x', '1000', '1000 a\r\nb', '1000 ł', '99999 later']) {
    held.set('written', text);
    expect([text, loaded().headers()]).toEqual([text, {}]);
  }
});
