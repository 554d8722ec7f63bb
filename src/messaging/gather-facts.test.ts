import { expect, test } from 'vitest';
import { gatherFacts } from './gather-facts.ts';
import type { FactAppender, NewFacts } from './message-facts.ts';

function fact(messageId: string): NewFacts {
  return { messageId, facts: [], once: '1', at: '2026-01-01T00:00:00.000Z' };
}

/** Remembers what it was given, and holds each append until it is let go. */
function recorder(): FactAppender & { readonly appends: string[]; letGo(error?: Error): void } {
  const appends: string[] = [];
  const held: PromiseWithResolvers<void>[] = [];
  return {
    appends,
    letGo(error) {
      const first = held.shift();
      if (error === undefined) first?.resolve();
      else first?.reject(error);
    },
    append(tenant, items) {
      appends.push(`${tenant}: ${items.map(({ messageId }) => messageId).join()}`);
      const waiting = Promise.withResolvers<void>();
      held.push(waiting);
      return waiting.promise;
    },
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));

async function untilAppends(log: { readonly appends: string[] }, count: number): Promise<void> {
  for (let turns = 0; log.appends.length < count && turns < 1_000; turns += 1) await turn();
}

test('what comes beside each other is one append, and another tenant has its own', async () => {
  const log = recorder();
  const facts = gatherFacts(log, 1);
  const all = [['a'], ['b', 'c']].map((ids) => facts.append('one', ids.map(fact)));
  all.push(facts.append('two', [fact('d')]));
  await untilAppends(log, 2);
  expect(log.appends).toEqual(['one: a,b,c', 'two: d']);
  log.letGo();
  log.letGo();
  await Promise.all(all);
});

test('what comes during an append waits for its end, and nobody hears before it is durable', async () => {
  const log = recorder();
  const facts = gatherFacts(log, 1);
  const first = facts.append('one', [fact('a')]);
  await untilAppends(log, 1);
  let isHeard = false;
  const second = facts.append('one', [fact('b')]).then(() => (isHeard = true));
  await turn();
  expect([log.appends.length, isHeard]).toEqual([1, false]);
  log.letGo();
  await first;
  await untilAppends(log, 2);
  expect([log.appends[1], isHeard]).toEqual(['one: b', false]);
  log.letGo();
  await second;
});

test('an append that fails fails for those that were gathered, and for nobody after them', async () => {
  const log = recorder();
  const facts = gatherFacts(log, 1);
  const failing = Promise.allSettled(['a', 'b'].map((id) => facts.append('one', [fact(id)])));
  await untilAppends(log, 1);
  const after = facts.append('one', [fact('c')]);
  log.letGo(new Error('no'));
  expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await untilAppends(log, 2);
  log.letGo();
  await after;
});
