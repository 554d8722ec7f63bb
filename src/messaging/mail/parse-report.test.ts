import { expect, test } from 'vitest';
import { isAddressGone, parseReport } from './parse-report.ts';

const STATUS = [
  'Reporting-MTA: dns; mail.example',
  '',
  'Final-Recipient: rfc822; ana@example.com',
  'Action: failed',
  'Status: 5.1.1 (no such user)',
];

test('a report of a failure names our e-mail by the header that it quotes', () => {
  const report = [
    'Message-ID: <report@mail.example>',
    '',
    ...STATUS,
    '',
    'Message-Id:',
    ' <m1@bar.example>',
  ];
  expect(parseReport(report.join('\r\n'))).toEqual({
    kind: 'bounce',
    mailId: '<m1@bar.example>',
    code: '5.1.1',
    isHard: true,
  });
});

test('the machine-readable part alone names it by its envelope', () => {
  const report = parseReport(['Original-Envelope-Id: m1', ...STATUS].join('\n'));
  expect(report).toMatchObject({ kind: 'bounce', mailId: 'm1' });
});

test('a full mailbox is no hard bounce, a delay is none at all', () => {
  const soft = STATUS.join('\n').replace('5.1.1', '4.2.2');
  expect(parseReport(`${soft}\nMessage-ID: <m1@bar.example>`)).toMatchObject({ isHard: false });
  const delayed = STATUS.join('\n').replace('failed', 'delayed');
  expect(parseReport(`${delayed}\nMessage-ID: <m1@bar.example>`)).toBeNull();
});

test('a complaint is one, whatever else stands there', () => {
  const report = 'Feedback-Type: abuse\nUser-Agent: x\n\nMessage-ID: <m1@bar.example>\n';
  expect(parseReport(report)).toEqual({ kind: 'complaint', mailId: '<m1@bar.example>' });
});

test('only codes about the address say that it is gone', () => {
  expect(['5.1.1', '5.1.10', '5.2.1'].every(isAddressGone)).toBe(true);
  expect(['5.7.1', '5.2.2', '4.1.1', '5.3.0'].some(isAddressGone)).toBe(false);
});
