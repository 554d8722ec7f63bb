/** What comes into the log from elsewhere: types nobody knows, old versions, look-alikes from outside, bad snapshots. */
import { jsonDraftOf } from '../../../src/core/event.ts';
import { wireType } from '../../../src/core/event-type.ts';
import { checksumOf } from '../../../src/pipeline/snapshots/snapshot-codec.ts';
import { deposited, received } from '../bank/index.ts';
import type { Random } from '../world/random.ts';
import { ACCOUNTS, TENANTS, type Simulation } from '../world/simulation.ts';

/** A state version that no release has. */
const FOREIGN_VERSION = 99;

export async function intrude(simulation: Simulation): Promise<void> {
  const { time, plan } = simulation;
  if (!plan.strangers) return;
  const random = simulation.random('stranger');
  for (;;) {
    await time.sleep(random.between({ from: 200, to: 2_500 }));
    if (simulation.quiet) return;
    const account = { tenant: random.pick(TENANTS), id: random.pick(ACCOUNTS) };
    const act = random.pick([appendUnknown, appendOld, receiveLookAlike, plantSnapshot]);
    await act(simulation, account, random);
  }
}

interface Account {
  readonly tenant: string;
  readonly id: string;
}

async function appendUnknown(simulation: Simulation, account: Account): Promise<void> {
  await append(simulation, account, { type: 'comptoir.bank.mystery.v1', data: { surprise: true } });
}

/** Money that came before notes were kept: the event is of version 1. */
async function appendOld(simulation: Simulation, account: Account, random: Random): Promise<void> {
  const data = { accountId: account.id, from: 'old bank', amount: 1 + random.below(5) };
  await append(simulation, account, { type: wireType(received, 1), data });
}

async function append(
  { storage, ledger, newId, time, trace }: Simulation,
  { tenant, id }: Account,
  { type, data }: { readonly type: string; readonly data: object },
): Promise<void> {
  const stream = `accounts/${id}`;
  const expectedVersion = storage.log.streamVersion(tenant, stream);
  if (expectedVersion === 0n) return;
  const event = jsonDraftOf({ id: newId(), source: '/comptoir/accounts', type, subject: id }, data);
  const append = { tenant, streams: [{ stream, expectedVersion, events: [event] }] };
  const outcome = await storage.log.appendDecided(append);
  trace.add(time.nowMs, 'stranger', `${type} to ${tenant} ${id}: ${outcome.status}`);
  if (outcome.status === 'appended')
    ledger.strange.push({ bucket: storage.log.bucketOf(tenant), position: outcome.position });
}

/** An event from outside of a type that only the bank may decide: nobody of the bank may see it. */
async function receiveLookAlike({ storage, newId }: Simulation, account: Account): Promise<void> {
  const data = { accountId: account.id, amount: 999, ref: 'forged' };
  const type = wireType(deposited);
  const event = jsonDraftOf({ id: newId(), source: '/elsewhere', type, subject: account.id }, data);
  await storage.log.appendReceived(account.tenant, [event]);
}

/** Damaged, of another state version, or ahead of its stream. */
async function plantSnapshot(
  { storage }: Simulation,
  { tenant, id }: Account,
  random: Random,
): Promise<void> {
  const stream = `accounts/${id}`;
  const version = storage.log.streamVersion(tenant, stream) + BigInt(random.below(4) - 1);
  if (version < 1n) return;
  const range = { fromVersion: version, limit: 1 };
  const [event] = await storage.log.readStream(tenant, stream, range);
  const state = Buffer.from(JSON.stringify({ status: 'open', balance: 1_000_000, trail: 0 }));
  const content = { version, eventId: event?.id ?? 'nobody', state };
  const foreign = random.chance(0.4);
  const stateVersion = foreign ? FOREIGN_VERSION : 1 + random.below(2);
  const place = { tenant, stream, stateVersion };
  const right = checksumOf(place, content);
  // Right where the place alone has to keep it away, or the event it names is not there; else damaged.
  const checksum = foreign || event === undefined ? right : random.bytes(right.length);
  await storage.snapshots.save(place, { ...content, checksum, persons: [] });
}
