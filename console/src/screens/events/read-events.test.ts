import { describe, expect, it } from 'vitest';
import { readPart, type EventJson, type EventsPage, type ReadPage } from './read-events.ts';

function eventAt(index: number): EventJson {
  return {
    specversion: '1.0',
    id: `e${String(index)}`,
    source: '/x',
    type: index % 50 === 0 ? 'rare' : 'often',
    recordedtime: new Date(index * 1000).toISOString(),
    position: String(index).padStart(20, '0'),
    bucket: 0,
  };
}

/** A server as the interface describes it, newest first: every third page is empty though there is more. */
function serverOf(count: number, requests: { count: number }): ReadPage {
  return async ({ after, limit }): Promise<EventsPage> => {
    requests.count += 1;
    const before = after === undefined ? count : Number(after);
    const taken = requests.count % 3 === 0 ? 0 : Math.min(limit, before);
    const events = Array.from({ length: taken }, (_, index) => eventAt(before - 1 - index));
    const left = before - taken;
    return { events, next: String(left), more: left > 0, newer: `behind ${String(before)}` };
  };
}

async function readAll(count: number, isWanted = (_event: EventJson): boolean => true) {
  const requests = { count: 0 };
  const read = serverOf(count, requests);
  const events: EventJson[] = [];
  const cursors: (string | null)[] = [];
  let parts = 0;
  for (let after: string | null = null; parts === 0 || after !== null; parts += 1) {
    const part = await readPart(read, after, isWanted);
    events.push(...part.events);
    cursors.push(part.tailCursor);
    after = part.next;
  }
  return { events, requests: requests.count, parts, cursors };
}

describe('events part by part', () => {
  it('every event comes once and newest first, over pages that are empty', async () => {
    const { events } = await readAll(1_500);
    expect(events.map(({ id }) => id)).toEqual(
      Array.from({ length: 1_500 }, (_, index) => `e${String(1_499 - index)}`),
    );
  });

  it('the tail joins behind what was there when the first page was read', async () => {
    expect((await readAll(900)).cursors[0]).toBe('behind 900');
  });

  it('an empty log ends at once', async () => {
    const { events, requests } = await readAll(0);
    expect([events, requests]).toEqual([[], 1]);
  });

  it('looking for what is rare stops from time to time and goes on where it stopped', async () => {
    const { events, parts } = await readAll(9_000, ({ type }) => type === 'rare');
    expect(events).toHaveLength(180);
    expect(parts).toBeGreaterThan(1);
  });
});
