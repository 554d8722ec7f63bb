/** A calendar in iCalendar text (RFC 5545). Pure. */

export interface CalendarEntry {
  readonly uid: string;
  /** Milliseconds since the epoch. */
  readonly startMs: number;
  readonly endMs: number;
  readonly summary: string;
  readonly status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
}

/** Times are in UTC, so that no time zone has to be described. `stampMs` is when the text was made. */
export function icsOf(calendar: {
  readonly name: string;
  readonly stampMs: number;
  readonly entries: readonly CalendarEntry[];
}): string {
  const stamp = utcOf(calendar.stampMs);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Comptoir//Reservations//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(calendar.name)}`,
    ...calendar.entries.flatMap(({ uid, startMs, endMs, summary, status }) => [
      'BEGIN:VEVENT',
      `UID:${escaped(uid)}`,
      `DTSTAMP:${stamp}`,
      `DTSTART:${utcOf(startMs)}`,
      `DTEND:${utcOf(endMs)}`,
      `SUMMARY:${escaped(summary)}`,
      `STATUS:${status}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** `20261121T190000Z` (section 3.3.5, form 2). */
function utcOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** Section 3.3.11. Control characters have no place in a text. */
function escaped(text: string): string {
  return (
    text
      .replaceAll(/[\\;,]/g, (special) => `\\${special}`)
      .replaceAll(/\r\n|\r|\n/g, String.raw`\n`)
      // oxlint-disable-next-line no-control-regex -- safe because they are what is taken out
      .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
  );
}

const LINE_OCTETS_MAX = 75;
const encoder = new TextEncoder();

/** Section 3.1: at most 75 octets in a line, the next one begins with a space; no character is cut in two. */
function folded(line: string): string {
  let text = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > LINE_OCTETS_MAX) {
      text += '\r\n ';
      octets = 1;
    }
    text += character;
    octets += size;
  }
  return text;
}

/** Takes out whatever looks like a phone number: a feed's address may be passed on (R9). */
export function withoutPhones(text: string): string {
  return text.replaceAll(/\+?\d(?:[\s().\-/]*\d){5,}/g, '…');
}
