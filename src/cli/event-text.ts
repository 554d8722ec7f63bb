import { member, textMember } from './json.ts';
import type { Terminal } from './terminal.ts';

/** One event as a line for a person: when, what, where from, which, about what, and the beginning of its data. */
export function eventLine(event: unknown, terminal: Terminal): string {
  const at = textMember(event, 'recordedtime') ?? textMember(event, 'time') ?? '';
  const type = textMember(event, 'type') ?? '';
  const subject = textMember(event, 'subject');
  const data = member(event, 'data');
  return [
    terminal.paint('quiet', at),
    terminal.paint('strong', type),
    textMember(event, 'source'),
    textMember(event, 'id'),
    subject ?? '-',
    ...(data === undefined ? [] : [terminal.paint('quiet', excerpt(data))]),
  ].join('  ');
}

/** Enough to recognise an event; --json shows it whole. */
const EXCERPT_LENGTH_MAX = 100;

function excerpt(data: unknown): string {
  const text = JSON.stringify(data);
  return text.length <= EXCERPT_LENGTH_MAX ? text : `${text.slice(0, EXCERPT_LENGTH_MAX - 3)}...`;
}

/** Control characters in events must not reach a terminal, where they could move its cursor or rename its window. */
export function harmless(text: string): string {
  // oxlint-disable-next-line no-control-regex -- finding control characters is the point
  return text.replace(/[\u0000-\u001a\u001c-\u001f\u007f-\u009f]|\u001b(?!\[\d{1,2}m)/g, '\ufffd');
}
