/** What became of each command, held against what its client was told (L4, L6, L7 and idempotency). */
import type { Asked, Attempt } from './ledger.ts';
import { streamKey, type History, type StreamHistory } from './history.ts';
import { ACCOUNTS, TENANTS, Violation, type Simulation } from '../world/simulation.ts';
import type { AccountState } from '../bank/index.ts';

/** One event of a command. */
interface Effect {
  readonly stream: StreamHistory;
  readonly version: number;
  readonly type: string;
  readonly position: bigint;
}

export function checkCommands(simulation: Simulation, history: History): void {
  const effects = effectsOf(history);
  const asked = new Map(simulation.ledger.asked.map((each) => [each.ref, each]));
  for (const ref of effects.keys())
    if (!asked.has(ref) && !/^(due|bonus) /.test(ref) && ref !== '')
      throw new Violation('commands', `the log holds events of ${ref}, which nobody asked for`);
  for (const each of asked.values()) checkOne(each, effects.get(each.ref) ?? [], history);
  checkKeys([...asked.values()], effects);
  checkMoney(history);
}

function effectsOf({ streams }: History): ReadonlyMap<string, readonly Effect[]> {
  const effects = new Map<string, Effect[]>();
  for (const stream of streams.values())
    for (const [index, event] of stream.recorded.entries()) {
      if (event === null || event.category !== 'accounts') continue;
      // safe because every event of an account has a reference; the upcaster gives one to old ones
      const { ref } = event.data as { ref: string };
      const { type, position } = event;
      const effect = { stream, version: index + 1, type, position };
      effects.set(ref, [...(effects.get(ref) ?? []), effect]);
    }
  return effects;
}

const EVENTS: Readonly<Record<string, readonly string[]>> = {
  OpenAccount: ['AccountOpened'],
  Deposit: ['MoneyDeposited'],
  Transfer: ['MoneyReceived', 'MoneySent'],
  Hold: ['AccountHeld'],
  Release: ['AccountReleased'],
};

function checkOne(asked: Asked, effects: readonly Effect[], history: History): void {
  const told = `${asked.command} ${asked.ref}`;
  const types = effects.map(({ type }) => type).sort();
  if (effects.length > 0 && types.join() !== (EVENTS[asked.command] ?? []).join())
    throw new Violation('L6', `${told} has the events ${types.join()}`);
  const final = asked.attempts.filter(({ outcome }) => outcome === 'done' || outcome === 'refused');
  const open = asked.attempts.some(({ outcome }) => outcome === 'unknown');
  if (effects.length > 0 && final.length === 0 && !open)
    throw new Violation('commands', `${told} failed and is in the log`);
  const own = effects.find(
    ({ stream }) => stream.tenant === asked.tenant && stream.stream === `accounts/${asked.id}`,
  );
  if (effects.length > 0 && own === undefined)
    throw new Violation('L11', `${told} is in a stream of somebody else`);
  for (const attempt of final) checkAnswer({ asked, attempt, own, effects }, history);
  const answers = new Set(final.map(answerText));
  if (answers.size > 1)
    throw new Violation('idempotency', `${told} was answered in two ways: ${[...answers].join()}`);
}

function answerText(attempt: Attempt): string {
  const { window: _, at: __, ...answer } = attempt;
  return JSON.stringify({ ...answer, replayed: null }, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}

interface Answered {
  readonly asked: Asked;
  readonly attempt: Attempt;
  /** Its event in its own stream. */
  readonly own: Effect | undefined;
  readonly effects: readonly Effect[];
}

function checkAnswer(answered: Answered, history: History): void {
  const { asked, attempt, own } = answered;
  const told = `${asked.command} ${asked.ref}`;
  // Which of several answers under one key was decided is not known: the window is that of all of them.
  const from = asked.attempts.reduce(
    (least, { window }) => (window.from < least ? window.from : least),
    attempt.window.from,
  );
  const states = history.streams.get(streamKey(asked.tenant, `accounts/${asked.id}`))?.states ?? [];
  const seen = states.slice(Number(from), Number(attempt.window.to) + 1);
  if (attempt.outcome === 'refused') {
    if (own !== undefined) throw new Violation('commands', `${told} was refused and is in the log`);
    const { code, details } = attempt;
    if (!seen.some((state) => refuses(asked, state, { code, details })))
      throw new Violation(
        'L4',
        `${told} was refused with ${code} ${JSON.stringify(details)}, which no state between versions ${from} and ${attempt.window.to} does`,
      );
  }
  if (attempt.outcome !== 'done') return;
  if (own === undefined) {
    const state = states[Number(attempt.version)];
    if (state === undefined || !changesNothing(asked, state))
      throw new Violation('L1', `${told} was done and is not in the log`);
    return;
  }
  checkDone(answered, { ...attempt, told, state: states[own.version] });
}

function checkDone(
  { asked, own, effects }: Answered,
  answer: Extract<Attempt, { readonly outcome: 'done' }> & {
    readonly told: string;
    readonly state: AccountState | undefined;
  },
): void {
  const { told, version, members, state } = answer;
  const last = effects.reduce((most, { position }) => (position > most ? position : most), 0n);
  if (version !== BigInt(own?.version ?? 0) || answer.position !== last)
    throw new Violation(
      'commands',
      `${told} was answered with version ${version} and position ${answer.position}, but is at ${own?.version} and ${last}`,
    );
  if (asked.expectedVersion !== null && version !== asked.expectedVersion + 1n)
    throw new Violation('L4', `${told} expected ${asked.expectedVersion} and made ${version}`);
  if (members['balance'] !== state?.balance)
    throw new Violation(
      'L4',
      `${told} was decided on another state: it answered balance ${String(members['balance'])}, the log says ${state?.balance}`,
    );
}

function refuses(
  { command, input }: Asked,
  state: AccountState,
  { code, details }: { readonly code: string; readonly details: Readonly<Record<string, unknown>> },
): boolean {
  switch (code) {
    case 'ACCOUNT_EXISTS':
      return command === 'OpenAccount' && state.status !== 'none';
    case 'ACCOUNT_HELD':
      return state.status === 'held';
    case 'NOT_ENOUGH':
      return state.balance === details['balance'] && state.balance < Number(input['amount']);
    default:
      return code === 'NO_SUCH_ACCOUNT';
  }
}

function changesNothing({ command, id, input }: Asked, state: AccountState): boolean {
  switch (command) {
    case 'Hold':
      return state.status === 'held';
    case 'Release':
      return state.status !== 'held';
    case 'Transfer':
      return input['to'] === id;
    default:
      return false;
  }
}

/** Under one key at most one request has an effect. */
function checkKeys(all: readonly Asked[], effects: ReadonlyMap<string, readonly Effect[]>): void {
  const keyed = all.filter(({ key, ref }) => key !== null && effects.has(ref));
  for (const [key, its] of Map.groupBy(keyed, ({ key }) => key))
    if (its.length > 1) throw new Violation('idempotency', `${key} had ${its.length} effects`);
}

/** Money is only moved: what is there is what came in, and no account ever owes. */
function checkMoney({ streams }: History): void {
  for (const tenant of TENANTS) {
    let [there, cameIn] = [0, 0];
    for (const id of ACCOUNTS) {
      const stream = streams.get(streamKey(tenant, `accounts/${id}`));
      there += stream?.states.at(-1)?.balance ?? 0;
      const owing = stream?.states.findIndex(({ balance }) => balance < 0) ?? -1;
      if (owing >= 0) throw new Violation('money', `${tenant} ${id} owes at version ${owing}`);
      for (const event of stream?.recorded ?? []) cameIn += fromOutside(event);
    }
    if (there !== cameIn)
      throw new Violation('money', `${tenant} has ${there}, but ${cameIn} came in`);
  }
}

function fromOutside(event: StreamHistory['recorded'][number]): number {
  // safe because both types have an amount, and the second says where from
  const { amount, from } = (event?.data ?? {}) as { amount: number; from: string };
  if (event?.type === 'MoneyDeposited') return amount;
  return event?.type === 'MoneyReceived' && from === 'old bank' ? amount : 0;
}
