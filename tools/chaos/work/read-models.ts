/** Blue/green rebuilds and swaps back, killed in the middle: each ends in one generation in use that equals a replay. */
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../../test/support/until.ts';
import { KILL_TARGETS } from '../crash/messages.ts';
import { objectsIn, send } from '../http-client.ts';
import { getJson } from '../read-server.ts';
import { strike } from '../strike.ts';
import { doctorSays } from './comptoir.ts';
import { NOTHING_WRONG, type OpenWork, type Round, type Stage } from './work.ts';

const REBUILT_TIMEOUT_MS = 120_000;
/** So many read models are rebuilt at once. */
const TOGETHER = 6;
const CHANGES = ['rebuild', 'rebuild', 'swap-back'] as const;

export async function readModels({ server, random }: Stage): Promise<OpenWork> {
  const access = { url: server.url, apiKey: server.apiKey };
  const models = async () => objectsIn(await getJson(access, '/v1/projections'), 'items');
  const names = (await models()).map(({ name }) => String(name));
  const change = (name: string, what: string) =>
    send({
      url: `${access.url}/v1/projections/${name}/${what}`,
      method: 'POST',
      apiKey: access.apiKey,
      headers: { 'content-type': 'application/json' },
      body: '{}',
      // Refused when there is nothing to swap back to, unknown when the kill comes first: the way back must not care.
    }).catch(() => undefined);
  const settled = async (): Promise<boolean> =>
    (await models()).every((model) => {
      const states = objectsIn(model, 'generations');
      const caughtUp = states.every(
        (each) => each['state'] === 'retired' || Number(each['behindEvents']) === 0,
      );
      return (
        caughtUp &&
        states.filter(({ state }) => state === 'active').length === 1 &&
        states.every(({ state }) => state !== 'filling')
      );
    });
  const startMs = performance.now();
  await change(names[0] ?? '', 'rebuild');
  await until('the first rebuild', () => settled().catch(() => false), {
    timeoutMs: REBUILT_TIMEOUT_MS,
  });
  const wholeMs = Math.round(performance.now() - startMs) + 500;
  return {
    async round(kill): Promise<Round> {
      const chosen = Array.from(
        { length: TOGETHER },
        (_, index) => names[(kill * TOGETHER + index) % names.length] ?? '',
      );
      const asked = chosen.map((name, index) =>
        change(name, CHANGES[(kill + index) % CHANGES.length] ?? 'rebuild'),
      );
      const afterMs = random.between({ low: 0, high: wholeMs });
      const victim = KILL_TARGETS[kill % KILL_TARGETS.length] ?? 'both';
      await pause(afterMs);
      await strike(server, victim);
      await Promise.all(asked);
      // A busy machine may refuse one question; the next is answered, and only the deadline says that they did not end.
      const isSettled = await until('the rebuilds', () => settled().catch(() => false), {
        timeoutMs: REBUILT_TIMEOUT_MS,
      }).catch((error: unknown) => String(error));
      return {
        hit: `${victim} after ${afterMs} ms of ${chosen.join(', ')}`,
        wrong: [
          ...(isSettled === true
            ? []
            : [`the rebuilds did not end: ${isSettled} ${JSON.stringify(await models())}`]),
          ...(await doctorSays({ ...access, dataDir: server.dataDir })),
        ],
      };
    },
    finish: async () => NOTHING_WRONG,
  };
}
