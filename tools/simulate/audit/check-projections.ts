/** Rows are the fold of the log (L8, L9), also as of a moment (L10), and nobody sees another tenant's (L11). */
import type { RecordedEvent } from '../../../src/core/recorded-event.ts';
import type { ReadModel, Row } from '../../../src/core/read-model.ts';
import type { Generation, RowWrite } from '../../../src/projections/projection-store.ts';
import type { RunningProjections } from '../../../src/projections/create-projections.ts';
import { BALANCES_POISON } from '../bank/index.ts';
import { Violation, type Simulation } from '../world/simulation.ts';
import type { History } from './history.ts';
import { foldRows, rowText } from './row-fold.ts';

export async function checkProjections(simulation: Simulation, history: History): Promise<void> {
  const { storage, serving } = simulation;
  const models = serving[0]?.release.module.readModels ?? [];
  const records = await storage.projections.read();
  for (const model of models) {
    const record = records.find(({ name }) => name === model.name);
    for (const generation of record?.generations ?? []) {
      // What code of another version began is filled by nobody any more.
      if (generation.version !== model.version) continue;
      for (const bucket of history.buckets.keys())
        await checkBucket(simulation, { history, model, generation, bucket });
    }
    for (const process of serving)
      if (process !== null) await checkHashes(process.projections, model, history);
  }
}

interface Checked {
  readonly history: History;
  readonly model: ReadModel;
  readonly generation: Generation;
  readonly bucket: number;
}

async function checkBucket(simulation: Simulation, checked: Checked): Promise<void> {
  const { history, model, generation, bucket } = checked;
  const live = new Map<string, Row>();
  const snapshot = await simulation.storage.projections.snapshot({ generation, bucket }, (rows) => {
    for (const row of rows) keep(live, row);
  });
  if (snapshot === null) return;
  const { position } = snapshot;
  const head = BigInt(history.buckets[bucket]?.length ?? 0);
  const { state, asOfMicros } = generation;
  const told = `${model.name} ${state} ${generation.generation} in bucket ${bucket}`;
  if (position > head) throw new Violation('L8', `${told} stands at ${position} of ${head}`);
  // In copies that nobody reads events may still be parked.
  const parked = await simulation.storage.projections.parked(generation, Number.MAX_SAFE_INTEGER);
  const here = state === 'active' ? [] : parked.filter((each) => each.bucket === bucket);
  const waiting = new Set(here.map((each) => each.position));
  const gone = snapshot.leftOut.filter((each) => !waiting.has(each));
  checkLeftOut(simulation, { ...checked, leftOut: gone });
  const leftOut = new Set(snapshot.leftOut);
  const events = eventsOf(history, bucket).filter(
    (event) =>
      event.position <= position &&
      !leftOut.has(event.position) &&
      (asOfMicros === null || event.recordedAtMicros <= asOfMicros),
  );
  compare(live, foldRows(model, events), told);
}

function keep(live: Map<string, Row>, { tenant, key, row }: RowWrite): void {
  if (row !== null) live.set(`${tenant} ${key}`, row);
}

export function eventsOf({ buckets, recordedAt }: History, bucket: number): RecordedEvent[] {
  return (buckets[bucket] ?? []).flatMap((event) => recordedAt(event) ?? []);
}

function compare(
  live: ReadonlyMap<string, Row>,
  folded: ReadonlyMap<string, Row>,
  told: string,
): void {
  for (const key of new Set([...live.keys(), ...folded.keys()])) {
    const [row, expected] = [rowText(live.get(key)), rowText(folded.get(key))];
    if (row !== expected)
      throw new Violation('L9', `${told} has ${row} for ${key}, the log says ${expected}`);
  }
}

/** Nothing is left out but what somebody gave up. */
function checkLeftOut(
  { ledger }: Simulation,
  { model, bucket, leftOut }: Checked & { readonly leftOut: readonly bigint[] },
): void {
  for (const position of leftOut) {
    const asked = ledger.skips.some(
      ({ name, positions }) =>
        name === model.name &&
        positions.some((each) => each.bucket === bucket && each.position === position),
    );
    if (!asked)
      throw new Violation('L13', `${model.name} left out ${position}, which nobody gave up`);
  }
}

async function checkHashes(
  projections: RunningProjections,
  { name }: ReadModel,
  { buckets }: History,
): Promise<void> {
  for (const bucket of buckets.keys()) {
    const live = await projections.stateHash(name, bucket, 'live');
    const replay = await projections.stateHash(name, bucket, 'replay');
    if (live !== replay)
      throw new Violation(
        'L9',
        `${name} in bucket ${bucket}: live and replay differ in their hash`,
      );
  }
}

/** What clients read while everything went on was the fold of some prefix that held what they had waited for. */
export function checkRowReads(
  { ledger, storage }: Simulation,
  history: History,
  model: ReadModel,
): void {
  for (const read of ledger.rows) {
    const { tenant, key, position, head } = read;
    const bucket = storage.log.bucketOf(tenant);
    const its = eventsOf(history, bucket).filter(
      (event) => event.tenant === tenant && touches(event, key),
    );
    // A row that missed an event once gets it late: then it was no prefix.
    if (its.some(isPoison)) continue;
    const seen = rowText(read.row ?? undefined, ['owner']);
    const steps = its.filter((event) => event.position > position && event.position <= head);
    const cuts = [position, ...steps.map((event) => event.position)];
    const fits = cuts.some((cut) => {
      const events = its.filter((event) => event.position <= cut);
      return rowText(foldRows(model, events).get(`${tenant} ${key}`), ['owner']) === seen;
    });
    if (!fits)
      throw new Violation(
        'read your writes',
        `the row of ${tenant} ${key}, read after waiting for ${position} of ${head}, was ${seen}`,
      );
  }
}

function isPoison({ type, data }: RecordedEvent): boolean {
  return type === 'MoneyDeposited' && 'amount' in data && data.amount === BALANCES_POISON;
}

function touches({ data }: RecordedEvent, key: string): boolean {
  return 'accountId' in data && data.accountId === key;
}
