/** What a person or a test makes the world do: POST /control/inbound lets somebody write to a number. */

/** Somebody writes to a number. */
export interface InboundText {
  /** Of the number that is written to. */
  readonly phoneNumberId: string;
  /** Phone without +. */
  readonly from: string;
  readonly text: string;
}

/** Of the Cloud API: a text has at most so many characters. */
const TEXT_MAX = 4_096;

/** Null for what is none. `usual`: the number that is meant where none is named. */
export function inboundOf(body: unknown, usual: string | null): InboundText | null {
  if (typeof body !== 'object' || body === null) return null;
  // safe because any member of an object may be asked for
  const { from, text, phoneNumberId = usual } = body as Readonly<Record<string, unknown>>;
  if (typeof from !== 'string' || !/^\+?[0-9]{6,15}$/.test(from)) return null;
  if (typeof text !== 'string' || text === '' || text.length > TEXT_MAX) return null;
  if (typeof phoneNumberId !== 'string' || phoneNumberId === '') return null;
  return { phoneNumberId, from: from.replace('+', ''), text };
}
