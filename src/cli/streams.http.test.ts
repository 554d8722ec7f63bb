import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_KEY, httpFixture, type HttpFixture } from '../http/fixture.ts';
import { EXIT } from './command.ts';
import { runLine, type Ran } from './testing/run-line.ts';

let http: HttpFixture;
let stream: string;

beforeAll(async () => {
  http = await httpFixture();
  const post = (path: string, body: object) => http.json(path, { method: 'POST', body });
  const { body } = await post('/v1/customers', { name: 'Ana\u001b]0;x', language: 'pt-BR' });
  await post(`/v1/customers/${body.id}/change-contact`, { name: 'Ana Maria' });
  await post(`/v1/customers/${body.id}/archive`, { reason: 'moved away' });
  stream = `customers/${body.id}`;
});
afterAll(() => http.close());

const run = (...line: readonly string[]): Promise<Ran> =>
  runLine(line, { environment: { COMPTOIR_URL: http.url, COMPTOIR_API_KEY: ADMIN_KEY } });

describe('state', () => {
  test('shows what a stream is now', async () => {
    const ran = await run('state', stream);
    expect([ran.exit, ran.stderr]).toEqual([EXIT.ok, '']);
    expect(ran.stdout).toMatch(new RegExp(`^${stream} at version 3, \\d{4}-`));
    expect(ran.stdout).toContain('"status": "archived"');
  });

  test('shows what it was at a version or time', async () => {
    const first = await run('state', stream, '--version', '2', '--json');
    expect(JSON.parse(first.stdout)).toMatchObject({
      version: 2,
      state: { status: 'active', name: 'Ana Maria' },
    });
    const late = await run('state', stream, '--at', '2999-01-01T00:00:00Z', '--json');
    expect(JSON.parse(late.stdout)).toMatchObject({ version: 3 });
    const early = await run('state', stream, '--at', '2001-01-01T00:00:00Z');
    expect([early.exit, early.stdout]).toEqual([EXIT.failed, '']);
    expect(early.stderr).toContain('NOT_FOUND');
  });

  test('control characters do not reach the terminal', async () => {
    const { stdout } = await run('state', stream, '--version', '1');
    expect(stdout).toContain('Ana');
    expect(stdout).not.toContain('\u001b');
  });

  test.each([
    [['state']],
    [['state', 'customers']],
    [['state', 'customers/']],
    [['state', '/x']],
    [['state', 'a/b/c']],
    [['state', 'customers/x', '--version', '1', '--at', '2026-01-01T00:00:00Z']],
    [['state', 'customers/x', '--version', 'first']],
    [['state', 'customers/x', '--at', 'yesterday']],
  ])('%j is a wrong line', async (line) => {
    expect((await run(...line)).exit).toBe(EXIT.usage);
  });
});

describe('history', () => {
  test('shows each event and what it changed', async () => {
    const ran = await run('history', stream);
    expect(ran.exit).toBe(EXIT.ok);
    const lines = ran.stdout.split('\n');
    expect(lines[0]).toMatch(/^ {3}1 {2}\d{4}-.* {2}CustomerRegistered {2}\S+$/);
    expect(ran.stdout).toContain('      /status: "active" -> "archived"\n');
    expect(ran.stdout).not.toContain('\u001b');
  });

  test('goes page by page and names where to go on', async () => {
    const some = await run('history', stream, '--limit', '2', '--json');
    expect(some.stdout.trim().split('\n')).toHaveLength(2);
    expect(some.stderr).toBe('More follow: --after 2\n');
    const rest = await run('history', stream, '--after', '2', '--json');
    expect(JSON.parse(rest.stdout)).toMatchObject({ version: 3, type: 'CustomerArchived' });
    expect(rest.stderr).toBe('');
  });

  test('of what is not there fails with the words of the server', async () => {
    const ran = await run('history', 'customers/nobody');
    expect(ran.exit).toBe(EXIT.failed);
    expect(ran.stderr).toContain('There is nothing with this id.');
  });
});
