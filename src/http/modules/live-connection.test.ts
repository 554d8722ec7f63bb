import { describe, expect, test } from 'vitest';
import type { RowChange } from '../../projections/live/row-changes.ts';
import type { SseConnection } from '../sse-connection.ts';
import { LiveConnection } from './live-connection.ts';

const change = (key: string, shown = true): RowChange => ({
  key,
  row: { key, row: { shown }, incomplete: false },
});
const gone = (key: string): RowChange => ({ key, row: null });

/** A connection that keeps what is written to it. */
function collector(buffered = 0) {
  const written: string[] = [];
  const codes: string[] = [];
  const connection: SseConnection = {
    write: (frames) => void written.push(...frames.map((frame) => Buffer.from(frame).toString())),
    bufferedBytes: () => buffered,
    drained: async () => true,
    dropped: (code) => void codes.push(code),
    comment() {},
    onClose() {},
  };
  return { connection, written, codes };
}

const live = (): LiveConnection =>
  new LiveConnection({
    matches: (row) => row['shown'] === true,
    render: ({ key }) => JSON.stringify({ id: key }),
    cursorAt: (position) => `c${position}`,
  });

const EMPTY = { position: 1n, items: [], more: false };

describe('a reader of a list that is watched', () => {
  test('what changes while the list is read comes behind it', () => {
    const reader = live();
    const { connection, written } = collector();
    reader.changed(2n, [change('b')]);
    reader.begin(connection, EMPTY);
    expect(written).toEqual([
      'event: snapshot\nid: c1\ndata: {"items":[],"more":false}\n\n',
      'id: c2\ndata: {"id":"b"}\n\n',
    ]);
  });

  test('only the last of several changes has the id', () => {
    const reader = live();
    const { connection, written } = collector();
    reader.begin(connection, EMPTY);
    reader.changed(2n, [change('a'), change('b')]);
    expect(written.slice(1)).toEqual(['data: {"id":"a"}\n\n', 'id: c2\ndata: {"id":"b"}\n\n']);
  });

  test('a row that it never had is not told as removed, one that it had is, once', () => {
    const reader = live();
    const { connection, written } = collector();
    reader.begin(connection, EMPTY);
    reader.changed(2n, [change('a'), gone('never')]);
    reader.changed(3n, [change('a', false)]);
    reader.changed(4n, [gone('a')]);
    expect(written.slice(1)).toEqual([
      'id: c2\ndata: {"id":"a"}\n\n',
      'event: removed\nid: c3\ndata: {"id":"a"}\n\n',
    ]);
  });

  test('after a reconnection every row that does not match is told', () => {
    const reader = live();
    const { connection, written } = collector();
    reader.resume(connection, { position: 9n, changes: [gone('a'), change('b')] });
    expect(written).toEqual([
      'event: removed\ndata: {"id":"a"}\n\n',
      'id: c9\ndata: {"id":"b"}\n\n',
    ]);
  });

  test('one that takes nothing is dropped, and told nothing more', () => {
    const reader = live();
    const { connection, written, codes } = collector(2 * 1024 * 1024);
    let left = 0;
    reader.onDropped(() => (left += 1));
    reader.begin(connection, EMPTY);
    reader.changed(2n, [change('a')]);
    reader.changed(3n, [change('b')]);
    expect([codes, written.length, left]).toEqual([['OVERLOADED'], 1, 1]);
  });

  test('a feed that fails before the list was read ends the connection at once', () => {
    const reader = live();
    const { connection, written, codes } = collector();
    let left = 0;
    reader.failed('UNAVAILABLE');
    reader.onDropped(() => (left += 1));
    reader.begin(connection, EMPTY);
    expect([codes, written, left]).toEqual([['UNAVAILABLE'], [], 1]);
  });
});
