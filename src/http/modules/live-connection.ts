/**
 * One reader of a list that is watched.
 *
 *   joining: changes are held until the first rows were written      live: changes are written as they come      ended
 *
 * A row that does not match (any more) is told as removed to a reader that was given it before; which those are is
 * remembered for KEYS_MAX rows, and unknown after a reconnection: then every row that does not match is told.
 */
import type { ErrorCode } from '../../core/errors.ts';
import type { Row } from '../../core/read-model.ts';
import type { RowChange } from '../../projections/live/row-changes.ts';
import type { FeedMember } from '../../projections/live/row-feed.ts';
import type { ReadRow } from '../../projections/projections.ts';
import { sseMessage, type SseConnection } from '../sse-connection.ts';

/** A reader that takes nothing may keep this much waiting: some thousand rows. */
const BUFFER_BYTES_MAX = 1024 * 1024;
/** Changes that may come while the first rows are read, which takes milliseconds. */
const HELD_CHANGES_MAX = 20_000;
/** Keys of rows given to a reader, each about 80 bytes. */
const KEYS_MAX = 10_000;

export interface LiveConnectionOptions {
  readonly matches: (row: Row) => boolean;
  /** JSON text of an item, the same for every reader of the row. */
  readonly render: (read: ReadRow) => string;
  readonly cursorAt: (position: bigint) => string;
}

interface Told {
  readonly position: bigint;
  readonly changes: readonly RowChange[];
}

export class LiveConnection implements FeedMember {
  readonly #options: LiveConnectionOptions;
  /** Null once it is unknown which rows the reader has. */
  #given: Set<string> | null = new Set();
  #held: Told[] = [];
  #heldCount = 0;
  #connection: SseConnection | undefined;
  #dropped: (() => void) | undefined;
  #ended: ErrorCode | null = null;

  constructor(options: LiveConnectionOptions) {
    this.#options = options;
  }

  /** Writes a whole list, which takes the place of what the reader has. */
  begin(
    to: SseConnection,
    list: { readonly position: bigint; readonly items: readonly ReadRow[]; readonly more: boolean },
  ): void {
    const { position, items, more } = list;
    const { render, cursorAt } = this.#options;
    this.#goLive(to, () => {
      for (const { key } of items) this.#note(key);
      const json = `{"items":[${items.map(render).join(',')}],"more":${more}}`;
      to.write([sseMessage(json, { event: 'snapshot', id: cursorAt(position) })]);
    });
  }

  /** Goes on with a reader that has what was told before these changes. */
  resume(to: SseConnection, missed: Told): void {
    this.#given = null;
    this.#goLive(to, () => this.#write(missed));
  }

  changed(position: bigint, changes: readonly RowChange[]): void {
    if (this.#ended !== null) return;
    if (this.#connection !== undefined) {
      this.#write({ position, changes });
      return;
    }
    this.#held.push({ position, changes });
    this.#heldCount += changes.length;
    if (this.#heldCount > HELD_CHANGES_MAX) this.drop('OVERLOADED');
  }

  failed(code: ErrorCode): void {
    this.drop(code);
  }

  drop(code: ErrorCode): void {
    if (this.#ended !== null) return;
    this.#ended = code;
    this.#held = [];
    this.#connection?.dropped(code);
    this.#dropped?.();
  }

  /** Called once when the server ends it. */
  onDropped(listener: () => void): void {
    this.#dropped = listener;
  }

  #goLive(to: SseConnection, first: () => void): void {
    this.#connection = to;
    if (this.#ended !== null) {
      to.dropped(this.#ended);
      this.#dropped?.();
      return;
    }
    first();
    const waiting = this.#held;
    this.#held = [];
    for (const told of waiting) this.#write(told);
  }

  #write({ position, changes }: Told): void {
    const messages = changes
      .map((change) => this.#messageOf(change))
      .filter((message) => message !== null);
    if (this.#connection === undefined || messages.length === 0) return;
    if (this.#connection.bufferedBytes() > BUFFER_BYTES_MAX) {
      this.drop('OVERLOADED');
      return;
    }
    // Only the last of those that happened together has the id: a reader cut off among them is told all of them again.
    const last = messages.length - 1;
    this.#connection.write(
      messages.map(({ event, json }, index) => {
        const id = index === last ? this.#options.cursorAt(position) : undefined;
        return sseMessage(json, { event, id });
      }),
    );
  }

  #messageOf({ key, row }: RowChange): { event?: string; json: string } | null {
    if (row !== null && this.#options.matches(row.row)) {
      this.#note(key);
      return { json: this.#options.render(row) };
    }
    if (this.#given !== null && !this.#given.delete(key)) return null;
    return { event: 'removed', json: JSON.stringify({ id: key }) };
  }

  #note(key: string): void {
    this.#given?.add(key);
    if (this.#given !== null && this.#given.size > KEYS_MAX) this.#given = null;
  }
}
