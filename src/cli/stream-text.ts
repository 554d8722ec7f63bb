/** Streams as lines for a person: their state and what happened to them. */
import { usageError } from './command.ts';
import { harmless } from './event-text.ts';
import { listMember, member, textMember } from './json.ts';
import type { Terminal } from './terminal.ts';

/** Enough to recognise a value; --json shows it whole. */
const VALUE_LENGTH_MAX = 60;

/** Path of a stream given as `category/id`. Errors: usage. */
export function streamPath(stream: string): string {
  const slash = stream.indexOf('/');
  const [category, id] = [stream.slice(0, slash), stream.slice(slash + 1)];
  if (slash < 1 || id === '' || id.includes('/'))
    throw usageError(`A stream is CATEGORY/ID, such as customers/01J9ZQ4Y. It is "${stream}".`);
  return `/v1/streams/${encodeURIComponent(category)}/${encodeURIComponent(id)}`;
}

/** `customers/01J9 at version 2, 2026-...`, then the state indented. */
export function stateText(answer: unknown, terminal: Terminal): string {
  const stream = `${textMember(answer, 'category') ?? ''}/${textMember(answer, 'id') ?? ''}`;
  const version = Number(member(answer, 'version'));
  const at = textMember(answer, 'at') ?? '';
  const head = `${terminal.paint('strong', stream)} at version ${version}, ${at}`;
  return harmlessLines(`${head}\n${JSON.stringify(member(answer, 'state'), null, 2)}\n`);
}

/** A line for the event, and one below it for each field that it changed. */
export function entryText(entry: unknown, terminal: Terminal): string {
  const head = [
    String(Number(member(entry, 'version'))).padStart(4),
    terminal.paint('quiet', textMember(entry, 'at') ?? ''),
    terminal.paint('strong', textMember(entry, 'type') ?? ''),
    textMember(entry, 'actor') ?? '-',
  ].join('  ');
  const changes = listMember(entry, 'changes').map((change) => `\n      ${changeText(change)}`);
  return harmlessLines(`${head}${changes.join('')}\n`);
}

function changeText(change: unknown): string {
  const at = textMember(change, 'at') ?? '';
  const [before, after] = [member(change, 'before'), member(change, 'after')];
  if (before === undefined) return `${at} = ${excerpt(after)}`;
  if (after === undefined) return `${at} removed, was ${excerpt(before)}`;
  return `${at}: ${excerpt(before)} -> ${excerpt(after)}`;
}

function excerpt(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length <= VALUE_LENGTH_MAX ? text : `${text.slice(0, VALUE_LENGTH_MAX - 3)}...`;
}

/** Our own line ends stay. */
function harmlessLines(text: string): string {
  return text.split('\n').map(harmless).join('\n');
}
