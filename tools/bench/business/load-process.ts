/** Entry of the process that makes the load, so that its CPU is not mixed with anybody's. Started by client.ts. */
import { openAsking } from './asking.ts';
import { runHotAccount } from './hot-account.ts';
import { buildHouse, type House } from './house.ts';
import { runLastPlaces } from './last-places.ts';
import type { AnyPhase, HousePhase, LoadReport } from './messages.ts';
import { runReads } from './reads.ts';
import { runSales } from './sales.ts';

/** Setting up asks as fast as it can. */
const HOUSE_CONNECTIONS = 64;

// safe because only client.ts of this folder holds the other end of the channel
process.on('message', (message) => void run(message as AnyPhase));
process.once('disconnect', () => process.exit());

async function run(phase: AnyPhase): Promise<void> {
  try {
    report({ kind: 'done', load: await loadOf(phase, () => report({ kind: 'measuring' })) });
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    report({ kind: 'failed', message });
  }
}

async function loadOf(phase: AnyPhase, onMeasuring: () => void): Promise<unknown> {
  switch (phase.kind) {
    case 'house':
      return await setUp(phase);
    case 'sales':
      return await runSales(phase, onMeasuring);
    case 'reads':
      return await runReads(phase, onMeasuring);
    case 'places':
      return await runLastPlaces(phase);
    case 'hot':
      return await runHotAccount(phase, onMeasuring);
  }
}

async function setUp({ target, members }: HousePhase): Promise<House> {
  const asking = await openAsking(target, HOUSE_CONNECTIONS);
  try {
    return await buildHouse(asking, members);
  } finally {
    asking.close();
  }
}

function report(message: LoadReport): void {
  process.send?.(message);
}
