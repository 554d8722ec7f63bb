import { describe, expect, test } from 'vitest';
import { silenceDemo } from './silence.ts';

interface Seen {
  readonly events: readonly { readonly tenant: string; readonly id: number }[];
}

function reader(name: string) {
  const seen: number[][] = [];
  const handle = (chunk: Seen): Promise<string | null> => {
    seen.push(chunk.events.map(({ id }) => id));
    return Promise.resolve('written');
  };
  return { name, handle, seen };
}

const MIXED: Seen = {
  events: [
    { tenant: 'bistro', id: 1 },
    { tenant: 'demo', id: 2 },
    { tenant: 'demo-bar', id: 3 },
  ],
};
const OF_DEMO: Seen = { events: [{ tenant: 'demo', id: 4 }] };

describe('silence', () => {
  for (const name of ['messaging.outbox', 'messaging.templates', 'messaging.of-tomorrow'])
    test(`${name} is not shown events of the demo, and all others`, async () => {
      const plain = reader(name);
      const silent = silenceDemo<Seen, string, typeof plain>(plain);
      expect(await silent.handle(MIXED)).toBe('written');
      expect(await silent.handle(OF_DEMO)).toBe(null);
      expect(plain.seen).toEqual([[1, 3]]);
    });

  test('the release of campaigns, which sends nothing, goes on in the demo', async () => {
    const plain = reader('messaging.campaigns');
    await silenceDemo<Seen, string, typeof plain>(plain).handle(MIXED);
    expect(plain.seen).toEqual([[1, 2, 3]]);
  });
});
