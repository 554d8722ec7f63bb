/** Erasures, killed in the middle: each is done in the end without a hand, and takes nobody else along. */
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../../test/support/until.ts';
import { KILL_TARGETS } from '../crash/messages.ts';
import { getJson, postJson } from '../read-server.ts';
import { strike } from '../strike.ts';
import { NOTHING_WRONG, type OpenWork, type Round, type Stage, unless } from './work.ts';

const DONE_TIMEOUT_MS = 120_000;
/** An erasure rewrites tables and clears the write-ahead log: about as long as it takes. */
const WHOLE_MS = 3_000;

interface Person {
  readonly id: string;
  /** Nothing else in the data directory looks like it. */
  readonly name: string;
}

export async function erasures({ server, random }: Stage): Promise<OpenWork> {
  const access = { url: server.url, apiKey: server.apiKey };
  const erased: Person[] = [];
  const kept: Person[] = [];
  const register = async (): Promise<Person> => {
    const name = `CANARY${randomBytes(8).toString('hex').toUpperCase()}`;
    const { id } = await postJson(access, '/v1/customers', { name, email: `${name}@example.com` });
    return { id: String(id), name };
  };
  const erase = async ({ id }: Person): Promise<string | undefined> =>
    postJson(access, `/v1/customers/${id}/erase`, {}).then(
      ({ receiptId }) => String(receiptId),
      () => undefined,
    );
  const isDone = async (receipt: string): Promise<boolean> =>
    (await getJson(access, `/v1/persons/erasures/${receipt}`))['state'] === 'done';
  return {
    async round(kill): Promise<Round> {
      const [person, other] = [await register(), await register()];
      erased.push(person);
      kept.push(other);
      const victim = KILL_TARGETS[kill % KILL_TARGETS.length] ?? 'both';
      const afterMs = random.between({ low: 0, high: WHOLE_MS });
      const asked = erase(person);
      await pause(afterMs);
      await strike(server, victim);
      const taken = await asked;
      // Whoever got no answer asks again; whoever got one waits.
      const receipt = taken ?? (await erase(person));
      if (receipt === undefined) return { hit: victim, wrong: ['the erasure was not taken again'] };
      const done = await until('the erasure', () => isDone(receipt), {
        timeoutMs: DONE_TIMEOUT_MS,
      }).catch((error: unknown) => String(error));
      return {
        hit: `${victim} after ${afterMs} ms, ${taken === undefined ? 'asked again' : 'it was taken'}`,
        wrong: [
          ...(done === true ? [] : [done]),
          ...unless(
            'the other person',
            (await getJson(access, `/v1/customers/${other.id}`))['name'],
            other.name,
          ),
        ],
      };
    },
    async finish() {
      const wrong: string[] = [];
      for (const { id, name } of kept)
        wrong.push(
          ...unless(`customer ${id}`, (await getJson(access, `/v1/customers/${id}`))['name'], name),
        );
      const held = await bytesHolding(server.dataDir, erased);
      return [...wrong, ...held];
    },
  };
}

/** Files whose bytes hold an erased name. What is gone between listing and reading holds nothing. */
async function bytesHolding(
  folder: string,
  persons: readonly Person[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
    const held = persons.filter(({ name }) => bytes.includes(name));
    if (held.length > 0) found.push(`${entry.name} holds ${held.length} erased names`);
  }
  return found.length === 0 ? NOTHING_WRONG : found;
}
