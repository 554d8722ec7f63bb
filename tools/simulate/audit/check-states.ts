/** States are the fold of their streams: now, as of a version and as of a time (L9, L10), and nobody reads old ones. */
import type { SimulatedProcess } from '../world/process.ts';
import type { Random } from '../world/random.ts';
import { Violation, type Simulation } from '../world/simulation.ts';
import type { AccountState } from '../bank/index.ts';
import { streamKey, type History, type StreamHistory } from './history.ts';

/** Moments of each stream that are looked at again. */
const MOMENTS = 4;

export async function checkStates(simulation: Simulation, history: History): Promise<void> {
  const random = simulation.random('moments');
  for (const stream of history.streams.values()) {
    if (!stream.stream.startsWith('accounts/')) continue;
    for (const process of simulation.serving) if (process !== null) await checkNow(process, stream);
    const [process] = simulation.serving;
    if (process === null || process === undefined) continue;
    for (let moment = 0; moment < MOMENTS; moment += 1) await checkThen(process, stream, random);
    await checkHistory(process, stream);
  }
  for (const read of simulation.ledger.states) {
    const { tenant, id, state, window, version } = read;
    const states = history.streams.get(streamKey(tenant, `accounts/${id}`))?.states;
    const told = `${tenant} ${id} read between ${window.from} and ${window.to}`;
    if (state.version < window.from || state.version > window.to)
      throw new Violation('stale read', `${told} was of version ${state.version}`);
    const expected = states?.[Number(state.version)];
    if (expected !== undefined)
      compare({ ...state, scale: version, duringRun: true }, expected, told);
  }
}

async function checkNow(process: SimulatedProcess, stream: StreamHistory): Promise<void> {
  const { tenant, id, states, events } = stream;
  const loaded = await process.pipeline.load(tenant, 'accounts', id);
  const told = `${tenant} ${id} at the end`;
  if (loaded.version !== BigInt(events.length))
    throw new Violation('stale read', `${told} is of version ${loaded.version}`);
  const expected = states.at(-1);
  if (expected !== undefined)
    compare({ ...loaded, scale: process.release.version }, expected, told);
}

async function checkThen(
  { pipeline, release }: SimulatedProcess,
  { tenant, id, states, events }: StreamHistory,
  random: Random,
): Promise<void> {
  const place = { tenant, category: 'accounts', id };
  const scale = release.version;
  const index = random.below(events.length);
  const version = BigInt(index) + 1n;
  const at = await pipeline.loadAsOf(place, { version });
  const expected = states[index + 1];
  if (expected !== undefined)
    compare({ ...at, scale }, expected, `${tenant} ${id} as of version ${version}`);
  const atMicros = (events[index]?.recordedAtMicros ?? 0n) + BigInt(random.below(3) - 1);
  const count = events.filter(({ recordedAtMicros }) => recordedAtMicros <= atMicros).length;
  const then = await pipeline.loadAsOf(place, { atMicros });
  const told = `${tenant} ${id} as of ${atMicros}`;
  if (then.version !== BigInt(count))
    throw new Violation('L10', `${told} is of version ${then.version}, not ${count}`);
  const before = states[count];
  if (before !== undefined) compare({ ...then, scale }, before, told);
}

async function checkHistory({ pipeline }: SimulatedProcess, stream: StreamHistory): Promise<void> {
  const { tenant, id, events } = stream;
  const place = { tenant, category: 'accounts', id };
  const page = await pipeline.history(place, { afterVersion: 0n, limit: 1_000 });
  const told = page.entries.map(({ eventId, version }) => `${version} ${eventId}`).join();
  const expected = events.map((event) => `${event.streamVersion} ${event.id}`).join();
  if (told !== expected) throw new Violation('L10', `the history of ${id} is not its stream`);
}

/** While the run went on, a person may have been erased since: then only the end compares the owner. */
function compare(
  loaded: { readonly state: unknown; readonly scale: number; readonly duringRun?: true },
  expected: AccountState,
  told: string,
): void {
  // safe because the pipeline folded an account
  const state = loaded.state as AccountState;
  const seen = { ...state, balance: state.balance / loaded.scale };
  const owner = loaded.duringRun === true ? expected.owner : seen.owner;
  const [left, right] = [text({ ...seen, owner }), text(expected)];
  if (left !== right) throw new Violation('L9', `${told} is ${left}, the log says ${right}`);
}

function text(state: AccountState): string {
  return JSON.stringify(Object.entries(state).sort(([left], [right]) => (left < right ? -1 : 1)));
}
