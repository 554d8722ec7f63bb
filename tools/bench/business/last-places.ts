/** Many clients at once for the last places of one evening, each on a connection of its own. */
import { createHistogram, record } from '../histogram.ts';
import { openAsking } from './asking.ts';
import type { PlacesLoad, PlacesPhase } from './messages.ts';

const PROBLEM_BYTES = 500;

export async function runLastPlaces(phase: PlacesPhase): Promise<PlacesLoad> {
  const { target, clients, locationId, startsAt } = phase;
  const asking = await openAsking(target, clients);
  const latency = createHistogram();
  const counts = {
    confirmed: 0,
    refused: 0,
    errors: 0,
    // safe because it only says what may stand there later
    firstProblem: undefined as string | undefined,
  };
  const one = async (number: number): Promise<void> => {
    const phone = `+48${600_000_000 + number}`;
    const contact = `{"name":"Guest ${number}","phone":"${phone}"}`;
    const body = `{"locationId":"${locationId}","startsAt":"${startsAt}","partySize":2,"contact":${contact}}`;
    const sentMs = performance.now();
    const reply = await asking.ask({ method: 'POST', path: '/v1/reservations', body });
    record(latency, (performance.now() - sentMs) * 1_000);
    if (reply.status === 201 && reply.body.includes('"status":"confirmed"')) counts.confirmed += 1;
    else if (reply.status === 409 && reply.body.includes('"SLOT_FULL"')) counts.refused += 1;
    else {
      counts.errors += 1;
      counts.firstProblem ??= `${reply.status} ${reply.body.slice(0, PROBLEM_BYTES)}`;
    }
  };
  try {
    await Promise.all(Array.from({ length: clients }, (_, number) => one(number)));
    return { ...counts, latency };
  } finally {
    asking.close();
  }
}
