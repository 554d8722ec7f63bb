import { pick, saltsOf } from './scramble.ts';
import {
  CHANNELS,
  DISHES,
  LOCATIONS,
  MODIFIERS,
  NOTE_ENDS,
  NOTE_STARTS,
  SERVERS,
  STAGES,
} from './vocabulary.ts';

/**
 * One event as bytes with holes of fixed width. The words stay as rendered; id, order number, time, prices and total
 * are written into the holes for each event sent (patch.ts), so no payload is sent twice and sending costs no
 * rendering. All offsets count bytes of `bytes`.
 */
export interface EventTemplate {
  /** The whole CloudEvent as a JSON object in UTF-8. */
  readonly bytes: Buffer;
  readonly type: string;
  readonly source: string;
  readonly dataStart: number;
  readonly dataEnd: number;
  readonly slots: EventSlots;
}

/** Where the holes are; `price1At` is -1 when the order has one line. */
export interface EventSlots {
  readonly idAt: number;
  readonly subjectAt: number;
  readonly timeAt: number;
  readonly orderAt: number;
  readonly totalAt: number;
  readonly price0At: number;
  readonly price1At: number;
  readonly quantity0: number;
  readonly quantity1: number;
}

export const ID_WIDTH = 36;
export const ORDER_WIDTH = 8;
/** Prices are 10.00 to 24.95 and at most four pieces are ordered, so a total has four digits too. */
export const MONEY_WIDTH = 4;
/** An RFC 3339 time with milliseconds in UTC. */
export const TIME_WIDTH = 24;

/** `order/` before the number. */
export const SUBJECT_PREFIX = 'order/';

interface Line {
  readonly head: string;
  readonly tail: string;
  readonly quantity: number;
}

/** Renders template `index` of a seed. The stage of the order it tells of is `index` modulo 4. */
export function renderTemplate(seed: number, index: number): EventTemplate {
  const salts = saltsOf(seed, 16);
  const choose = (salt: number, words: readonly string[]): string =>
    words[pick(index, salts[salt] ?? 0, words.length)] ?? '';
  const location = choose(0, LOCATIONS);
  const type = choose(1, STAGES[index % STAGES.length] ?? []);
  const source = `/shops/${location}/pos-${pick(index, salts[2] ?? 0, 4) + 1}`;
  const lines = linesOf(index, salts);
  const text = createSlotWriter();
  text.add(`{"specversion":"1.0","id":"`);
  const idAt = text.hole(ID_WIDTH);
  text.add(`","source":"${source}","type":"${type}","subject":"${SUBJECT_PREFIX}`);
  const subjectAt = text.hole(ORDER_WIDTH);
  text.add(`","time":"`);
  const timeAt = text.hole(TIME_WIDTH);
  text.add(`","datacontenttype":"application/json","data":`);
  const dataStart = text.length();
  text.add(`{"order":"`);
  const orderAt = text.hole(ORDER_WIDTH);
  text.add(`","location":"${location}","channel":"${choose(3, CHANNELS)}",`);
  text.add(
    `"table":${pick(index, salts[4] ?? 0, 60) + 1},"server":"${choose(5, SERVERS)}","lines":[`,
  );
  const prices = lines.map((line, position) => {
    text.add(`${position === 0 ? '' : ','}${line.head}`);
    const at = text.hole(MONEY_WIDTH);
    text.add(line.tail);
    return at;
  });
  text.add(`],"total":{"amount":`);
  const totalAt = text.hole(MONEY_WIDTH);
  text.add(`,"currency":"EUR"},"note":"${choose(14, NOTE_STARTS)}, ${choose(15, NOTE_ENDS)}"}`);
  const dataEnd = text.length();
  text.add('}');
  return {
    bytes: text.bytes(),
    type,
    source,
    dataStart,
    dataEnd,
    slots: {
      idAt,
      subjectAt,
      timeAt,
      orderAt,
      totalAt,
      price0At: prices[0] ?? -1,
      price1At: prices[1] ?? -1,
      quantity0: lines[0]?.quantity ?? 0,
      quantity1: lines[1]?.quantity ?? 0,
    },
  };
}

/** One or two lines, the second with a modifier, so that data has about 300 bytes on average. */
function linesOf(index: number, salts: readonly number[]): Line[] {
  const count = pick(index, salts[6] ?? 0, 5) === 0 ? 1 : 2;
  return Array.from({ length: count }, (_, position) => {
    const dish = DISHES[pick(index, salts[7 + position] ?? 0, DISHES.length)] ?? '';
    const quantity = pick(index, salts[9 + position] ?? 0, 2) + 1;
    const modifier = MODIFIERS[pick(index, salts[11 + position] ?? 0, MODIFIERS.length)] ?? '';
    return {
      head: `{"product":"${dish}","quantity":${quantity},"price":`,
      tail: position === 0 ? '}' : `,"modifiers":["${modifier}"]}`,
      quantity,
    };
  });
}

/** Writes text and remembers where, in bytes, the holes begin. */
function createSlotWriter() {
  const parts: Buffer[] = [];
  let length = 0;
  const push = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  return {
    add: (text: string): void => push(Buffer.from(text)),
    hole: (width: number): number => {
      push(Buffer.alloc(width, '0'));
      return length - width;
    },
    length: (): number => length,
    bytes: (): Buffer => Buffer.concat(parts),
  };
}
