import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpFixture, type HttpFixture } from './fixture.ts';

let fixture: HttpFixture;
beforeAll(async () => {
  fixture = await httpFixture();
});
afterAll(() => fixture.close());

function rawAnswer(text: string): Promise<string> {
  const { hostname, port } = new URL(fixture.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (bytes) => (answer += bytes.toString()));
    socket.on('end', () => {
      resolve(answer);
    });
    socket.on('error', reject);
    socket.write(text);
  });
}

test.each([
  ['that is no HTTP', 'HELLO\r\n\r\n', 400, 'INPUT_INVALID'],
  [
    'that names no host',
    'GET /health/live HTTP/1.1\r\nconnection: close\r\n\r\n',
    400,
    'INPUT_INVALID',
  ],
  [
    'that names two hosts',
    'GET /health/live HTTP/1.1\r\nhost: a.example\r\nconnection: close\r\nHost: b.example\r\n\r\n',
    400,
    'INPUT_INVALID',
  ],
  ...[
    'a.example/b',
    'a b',
    'ana@a.example',
    'a.example:80a',
    'a%2',
    'żuraw.example',
    '[::1',
    '[a]',
    '::1',
  ].map((host): [string, string, number, string] => [
    `that names ${host} as its host`,
    `GET /health/live HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`,
    400,
    'INPUT_INVALID',
  ]),
  [
    'with a head beyond the limit',
    `GET / HTTP/1.1\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`,
    413,
    'TOO_LARGE',
  ],
])('a request %s gets a problem document and the connection ends', async (...row) => {
  const [, text, status, code] = row;
  const answer = await rawAnswer(text);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answer).toContain('application/problem+json');
  expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ status, code });
});

test.each([
  'a.example',
  'A_1.example.:8080',
  'a.example:',
  'a%2Db',
  '127.0.0.1:7800',
  '[::1]:7800',
  '[v1.a:b]',
  '',
])('a request for the host %j is answered', async (host) => {
  const answer = await rawAnswer(
    `GET /health/live HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1.1 200 /);
});
