import { expect, test } from 'vitest';
import { WAIT } from './modules/read-your-writes.ts';
import { openApiOf } from './openapi.ts';
import { OPEN, type Route } from './route.ts';

const PLAIN: Route = {
  method: 'GET',
  path: '/v1/things',
  operationId: 'listThings',
  tag: 'Things',
  summary: 'Things',
  access: OPEN,
  answers: { 200: { description: 'Things.' } },
};
const WAIT_CODES = ['CURSOR_INVALID', 'CURSOR_FOREIGN', 'CURSOR_EXPIRED', 'WAIT_TIMEOUT'];
const BODY_CODES = ['TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'OVERLOADED'];

function operationOf(changes: Partial<Route>) {
  const route = { ...PLAIN, ...changes };
  const operation = openApiOf([route], '1').paths[route.path]?.[route.method.toLowerCase()];
  if (operation === undefined) throw new Error('The route is missing.');
  return operation;
}

test('an operation names the refusal of a parameter that it does not have', () => {
  const { responses, ...operation } = operationOf({});
  expect(operation['x-error-codes']).toEqual(['INPUT_INVALID', 'INTERNAL']);
  expect(Object.keys(responses)).toEqual(['200', '400', '500']);
});

test('a page, which passes such a parameter over, names none', () => {
  const operation = operationOf({ page: { failed: () => null } });
  expect(operation['x-error-codes']).toEqual(['INTERNAL']);
});

test('an operation that waits for a cursor names what waiting comes to', () => {
  const { responses, ...operation } = operationOf({ parameters: [WAIT] });
  expect(operation['x-error-codes']).toEqual(expect.arrayContaining(WAIT_CODES));
  expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '410', '504']));
});

test('an operation with a body names the refusals of bodies', () => {
  const body = { bytesMax: 1024, content: { 'application/json': { schema: {} } } };
  const { responses, ...operation } = operationOf({ method: 'POST', body });
  expect(operation['x-error-codes']).toEqual(expect.arrayContaining(BODY_CODES));
  expect(Object.keys(responses)).toEqual(expect.arrayContaining(['413', '415', '503']));
});
