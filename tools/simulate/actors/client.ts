/** A client: gives commands, repeats those whose outcome it did not learn, reads what it wrote. */
import { Failure } from '../../../src/core/errors.ts';
import type { CommandRequest } from '../../../src/pipeline/pipeline.ts';
import type { Asked, Attempt, Window } from '../audit/ledger.ts';
import { BALANCES_POISON, FLOWS_POISON, POLICY_POISON } from '../bank/index.ts';
import type { SimulatedProcess } from '../world/process.ts';
import type { Random } from '../world/random.ts';
import { ACCOUNTS, DIED, TENANTS, Violation, type Simulation } from '../world/simulation.ts';
import { EPOCH_MS } from '../world/virtual-time.ts';
import { readRow, readState } from './reader.ts';

/** Longer than any fault lasts; a command without an answer by then will never get one. */
const ANSWER_MS_MAX = 120_000;
const REPEATS_MAX = 6;
/** These say that nothing was stored, whatever they are the answer to. */
const NOTHING_STORED: ReadonlySet<string> = new Set([
  'NOT_FOUND',
  'PRECONDITION_FAILED',
  'IDEMPOTENCY_MISMATCH',
  'IDEMPOTENCY_IN_FLIGHT',
  'VERSION_CONFLICT',
  'OVERLOADED',
  'UNAVAILABLE',
  'PERSON_ERASED',
]);

interface Client {
  readonly name: string;
  readonly simulation: Simulation;
  readonly random: Random;
  count: number;
}

export async function runClient(simulation: Simulation, index: number): Promise<void> {
  const { time, plan } = simulation;
  const name = `client-${index}`;
  const client: Client = { name, simulation, random: simulation.random(name), count: 0 };
  const { random } = client;
  while (client.count < plan.commands && !simulation.quiet) {
    await time.sleep(random.between({ from: 1, to: random.chance(0.1) ? 2_000 : 120 }));
    const burst = random.chance(0.3) ? 1 + random.below(plan.burst) : 1;
    const tenant = random.pick(TENANTS);
    const id = random.pick(ACCOUNTS);
    const commands = Array.from({ length: burst }, () => commandOf(client, { tenant, id }));
    await Promise.all(commands.map((asked) => see(client, asked)));
    await readSomething(client, { tenant, id });
  }
}

function commandOf(
  client: Client,
  { tenant, id }: { readonly tenant: string; readonly id: string },
): Asked {
  const { random, simulation, name } = client;
  client.count += 1;
  const ref = `${name} ${client.count}`;
  const current = simulation.storage.log.streamVersion(tenant, `accounts/${id}`);
  const kind = current === 0n && random.chance(0.8) ? 'OpenAccount' : kindOf(random);
  const guarded = kind === 'Deposit' && random.chance(0.15);
  const asked: Asked = {
    ref,
    tenant,
    id,
    ...inputOf(client, { kind, ref, id, tenant }),
    key: random.chance(0.65) ? `key of ${ref}` : null,
    expectedVersion: guarded && current > 0n ? current : null,
    attempts: [],
  };
  simulation.ledger.asked.push(asked);
  return asked;
}

function kindOf(random: Random): string {
  const share = random.next();
  if (share < 0.42) return 'Deposit';
  if (share < 0.82) return 'Transfer';
  if (share < 0.9) return 'Hold';
  return share < 0.94 ? 'Release' : 'OpenAccount';
}

function inputOf(
  { random, simulation }: Client,
  of: { readonly kind: string; readonly ref: string; readonly id: string; readonly tenant: string },
): Pick<Asked, 'command' | 'input'> {
  const { kind: command, ref } = of;
  switch (command) {
    case 'OpenAccount':
      return { command, input: { owner: ownerOf(of), ref } };
    case 'Deposit':
      return { command, input: { amount: amountOf(random, simulation.plan.poison), ref } };
    case 'Transfer': {
      const amount = amountOf(random, simulation.plan.poison);
      return { command, input: { to: random.pick(ACCOUNTS), amount, ref } };
    }
    case 'Hold': {
      const untilMs = EPOCH_MS + simulation.time.nowMs + random.between({ from: 50, to: 6_000 });
      return { command, input: { until: new Date(untilMs).toISOString(), ref } };
    }
    default:
      return { command, input: { ref } };
  }
}

/** What the owner of an account is called: no two accounts have the same. */
export function ownerOf({ tenant, id }: { readonly tenant: string; readonly id: string }): string {
  return `owner of ${tenant} ${id}`;
}

const POISONS = [POLICY_POISON, BALANCES_POISON, FLOWS_POISON];

function amountOf(random: Random, poison: boolean): number {
  const amount = 1 + random.below(20);
  return poison || !POISONS.includes(amount) ? amount : amount + 1;
}

/** Asks until the outcome is known, or repeating is not safe, or patience ends; sometimes once more. */
async function see(client: Client, asked: Asked): Promise<void> {
  const { random, simulation } = client;
  // Sometimes the same request leaves twice at once, as from a proxy that tries again too early.
  const twice = asked.key !== null && random.chance(0.08);
  await Promise.all([ask(client, asked), twice ? ask(client, asked) : null]);
  for (let repeats = 0; asked.key !== null && repeats < REPEATS_MAX; repeats += 1) {
    const known = asked.attempts.some(({ outcome }) => /done|refused/.test(outcome));
    if (known && !random.chance(0.15)) break;
    await simulation.time.sleep(random.between({ from: 1, to: 1_500 }));
    await ask(client, asked);
  }
  if (asked.key !== null && random.chance(0.05)) await askOther(client, asked);
}

/** The same key for another request: a mistake of the client, which must not have an effect of its own. */
async function askOther(client: Client, first: Asked): Promise<void> {
  const { simulation } = client;
  const ref = `${first.ref} other`;
  const other: Asked = { ...first, ref, input: { ...first.input, ref }, attempts: [] };
  simulation.ledger.asked.push(other);
  await ask(client, other);
}

async function ask(client: Client, asked: Asked): Promise<void> {
  const { simulation, random, name } = client;
  const { time, trace } = simulation;
  const process = simulation.anyProcess(random);
  if (process === null) return;
  const from = versionOf(simulation, asked);
  trace.add(time.nowMs, name, `asks ${process.life.name} ${asked.command} ${asked.ref}`);
  const attempt = await attemptOf(simulation, process, { asked, from });
  trace.add(time.nowMs, name, `learns ${asked.ref} ${attempt.outcome}`);
  asked.attempts.push(attempt);
}

function versionOf(simulation: Simulation, { tenant, id }: Asked): bigint {
  return simulation.storage.log.streamVersion(tenant, `accounts/${id}`);
}

async function attemptOf(
  simulation: Simulation,
  process: SimulatedProcess,
  { asked, from }: { readonly asked: Asked; readonly from: bigint },
): Promise<Attempt> {
  const at = process.life.name;
  const windowNow = (): Window => ({ from, to: versionOf(simulation, asked) });
  const late = simulation.time.sleep(ANSWER_MS_MAX).then(() => 'late' as const);
  try {
    const handled = simulation.within(process, () => process.pipeline.handle(requestOf(asked)));
    const answer = await Promise.race([handled, late]);
    if (answer === 'late') throw new Violation('liveness', `${asked.ref} got no answer`);
    if (answer === DIED) return { outcome: 'unknown', window: windowNow(), at };
    const { status, ...rest } = answer;
    // safe because the outcome is the status and the rest are its members
    return { outcome: status, ...rest, window: windowNow(), at } as Attempt;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.code === 'OUTCOME_UNKNOWN') return { outcome: 'unknown', window: windowNow(), at };
    if (NOTHING_STORED.has(error.code))
      return { outcome: 'failed', code: error.code, window: windowNow(), at };
    const { code, cause } = error;
    const why = cause instanceof Error ? `: ${cause.stack}` : '';
    throw new Violation('errors', `${asked.command} ${asked.ref} failed with ${code}${why}`);
  }
}

function requestOf({ tenant, command, id, input, key, expectedVersion }: Asked): CommandRequest {
  const principal = { keyId: 'teller', tenant, scopes: new Set(['accounts:write' as const]) };
  return {
    principal,
    category: 'accounts',
    command,
    id,
    input,
    ...(key === null ? {} : { idempotencyKey: key }),
    ...(expectedVersion === null ? {} : { expectedVersion }),
  };
}

async function readSomething(
  { simulation, random }: Client,
  of: { readonly tenant: string; readonly id: string },
): Promise<void> {
  const process = simulation.anyProcess(random);
  if (process === null) return;
  if (random.chance(0.25)) await readState(simulation, process, of);
  else if (random.chance(0.2)) await readRow(simulation, process, of);
}
