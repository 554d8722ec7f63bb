/**
 * Layout 1 of a batch before compression. Columns, not rows: equal things stand together, so they compress better and
 * a filter reads one column without touching the others. All numbers are unsigned LEB128 varints.
 *
 *     count
 *     dictionary    number of strings, then length + UTF-8 each
 *     references    five columns (tenant, source, type, data content type, data schema): a mode byte, then one number
 *                   (SAME: all events alike) or one per event (EACH). 0 is "absent", n is dictionary string n - 1
 *     flags         one byte per event, see FLAG
 *     ids           a mode byte; UUID: 16 bytes each (every id is a lower-case UUID); TEXT: lengths, then bytes
 *     subjects, times, extensions, data, streams
 *                   lengths of those that have one, then their bytes
 *     versions      stream version of those that have a stream
 *     sections      each its SECTION byte, a count and as many indexes of events: the first, then the steps to the next.
 *                   A batch without such events has none, as all had before there were sections; a program that
 *                   does not know them refuses a batch that has.
 *
 * Positions are not stored: the first position of the batch and the index give them. Recorded times belong to the
 * append and stand beside the payload.
 */
export const MODE = { same: 0, each: 1 } as const;
export const ID_MODE = { text: 0, uuid: 1 } as const;

/** Bits of the flag byte; the lowest two hold the DataKind, as far as they reach: SECTION has the others. */
export const FLAG = {
  dataKindMask: 0x03,
  decided: 0x04,
  subject: 0x08,
  time: 0x10,
  extensions: 0x20,
  stream: 0x40,
  /** Removed by retention: the position stays, everything else is gone. */
  removed: 0x80,
} as const;

/** Events whose DataKind is none of the first four: sealed ones are flagged as JSON, erased ones as having no data. */
export const SECTION = { sealed: 1, erased: 2 } as const;

export const REFERENCE_COLUMNS = 5;
export const REFERENCE = { tenant: 0, source: 1, type: 2, contentType: 3, schema: 4 } as const;
