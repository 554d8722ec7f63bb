import { describe, expect, test } from 'vitest';
import { EXIT } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { harmless } from './event-text.ts';
import { pauseMs } from './http-client.ts';
import { parseKeepingNumbers } from './json.ts';
import { parseLine } from './options.ts';
import { qualityText } from './quality-text.ts';
import { serverSentEvents, type ServerEvent } from '../client/server-events.ts';
import { runLine } from './testing/run-line.ts';

const OPTIONS = {
  name: { type: 'text', help: '' },
  many: { type: 'text', multiple: true, help: '' },
  fast: { type: 'flag', short: 'f', help: '' },
} as const;

describe('options', () => {
  test('texts, flags, repeated ones and words', () => {
    const { options, words } = parseLine(
      ['a', '--name=x', '-f', '--many', '1', '--many', '2', '-'],
      OPTIONS,
    );
    expect(options.text('name')).toBe('x');
    expect(options.flag('fast')).toBe(true);
    expect(options.texts('many')).toEqual(['1', '2']);
    expect(words).toEqual(['a', '-']);
  });

  test.each([
    [['--nam', 'x'], 'Did you mean --name?'],
    [['--name'], '--name needs a value'],
    [['--name', '--fast'], '--name needs a value'],
    [['--fast=1'], '--fast takes no value'],
    [['--name', 'a', '--name', 'b'], '--name is given twice'],
  ])('%j is refused', (line, message) => {
    expect(() => parseLine(line, OPTIONS)).toThrow(message);
  });

  test('a number out of range is refused with the range', () => {
    const { options } = parseLine(['--name', '2.5'], OPTIONS);
    expect(options.number('name', { min: 0, max: 3, fallback: 1 })).toBe(2.5);
    expect(() => options.number('name', { min: 0, max: 3, fallback: 1, whole: true })).toThrow(
      'a whole number from 0 to 3',
    );
    expect(options.number('other', { min: 0, max: 3, fallback: 1 })).toBe(1);
  });
});

describe('the command line', () => {
  test('without words it shows the overview on stdout', async () => {
    const ran = await runLine([]);
    expect(ran.exit).toBe(EXIT.ok);
    expect(ran.stdout).toMatchSnapshot();
  });

  test('--version says which release this is', async () => {
    const ran = await runLine(['--version']);
    expect([ran.exit, ran.stderr]).toEqual([EXIT.ok, '']);
    expect(ran.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.each(COMMANDS.map(({ name }) => name))('%s --help leads with examples', async (name) => {
    const ran = await runLine([name, '--help']);
    expect(ran.exit).toBe(EXIT.ok);
    expect(ran.stdout.split('\n')[2]).toBe('Examples');
    expect(Math.max(...ran.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(ran.stdout).toMatchSnapshot();
  });

  test('an unknown command is a usage error with the closest one, on stderr', async () => {
    const ran = await runLine(['evnts']);
    expect(ran).toMatchObject({ exit: EXIT.usage, stdout: '' });
    expect(ran.stderr).toContain('Did you mean "events"?');
  });

  test('too few or too many words are a usage error', async () => {
    expect((await runLine(['backup'])).exit).toBe(EXIT.usage);
    expect((await runLine(['events', 'x'])).exit).toBe(EXIT.usage);
  });

  test('colour appears on a terminal and not with NO_COLOR', async () => {
    const line = ['doctor'];
    const environment = { COMPTOIR_URL: 'http://127.0.0.1:1' };
    expect((await runLine(line, { screen: true, environment })).stdout).toContain('\x1b[');
    expect(
      (await runLine(line, { screen: true, environment: { ...environment, NO_COLOR: '1' } }))
        .stdout,
    ).not.toContain('\x1b[');
    expect((await runLine(line, { environment })).stdout).not.toContain('\x1b[');
  });
});

test('numbers leave as they came', () => {
  const text = '{"a":12345678901234567890,"b":1.50,"c":[1e400,-0],"d":7}';
  expect(JSON.stringify(parseKeepingNumbers(text))).toBe(text);
});

test('control characters are replaced and colour is kept', () => {
  expect(harmless('a\x1b]0;title\x07\nb \x1b[2mc\x1b[0m')).toBe(
    'a\ufffd]0;title\ufffd\ufffdb \x1b[2mc\x1b[0m',
  );
});

test('a pause doubles, is bounded, and obeys Retry-After', () => {
  expect(pauseMs(0)).toBeLessThan(151);
  expect(pauseMs(30)).toBeLessThanOrEqual(7500);
  expect(pauseMs(30)).toBeGreaterThanOrEqual(2500);
  expect(pauseMs(0, { headers: { 'retry-after': '2' } })).toBeGreaterThanOrEqual(2000);
  expect(pauseMs(0, { headers: { 'retry-after': '9999' } })).toBe(30_000);
});

test('an empty quality report says so', () => {
  expect(qualityText({ types: [] })).toBe('Nothing was checked yet.\n');
});

test('server-sent events are found however the bytes are cut', async () => {
  const text =
    ': hello\n\nid: 1\ndata: {"a":\ndata: "ż"}\n\nevent: dropped\r\ndata: x\r\n\r\nid: 2\n\ndata:y\n\n';
  const bytes = Buffer.from(text);
  for (const size of [1, 2, 3, 7, bytes.length]) {
    async function* cut(): AsyncGenerator<Buffer> {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    }
    const events: ServerEvent[] = [];
    for await (const event of serverSentEvents(cut())) events.push(event);
    expect(events).toEqual([
      { event: 'message', data: '{"a":\n"ż"}', id: '1' },
      { event: 'dropped', data: 'x', id: '1' },
      { event: 'message', data: 'y', id: '2' },
    ]);
  }
});
