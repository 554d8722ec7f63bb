/** Turns of tests that hold a whole server in their process. */
import { openDatabase } from '../../src/platform/postgres/pool.ts';

const TURN = 5_018;
/** Of one server at a time; the files that hold one take two minutes each on a machine that does nothing else for long. */
const TURN_MS_MAX = 900_000;
/** How long the hook that opens a fixture may take: its turn, and what a server takes to start. */
export const OPENED_MS_MAX = TURN_MS_MAX + 120_000;

/** The pools of two whole servers together are larger than what the PostgreSQL of the tests lends: one after the other. */
export async function takeTurn(url: string): Promise<() => Promise<void>> {
  const everybodys = new URL(url);
  everybodys.pathname = '/postgres';
  const database = openDatabase({
    url: everybodys.href,
    connectionsMax: 1,
    connectTimeoutMs: 5_000,
    statementTimeoutMs: TURN_MS_MAX,
  });
  const over = Promise.withResolvers<void>();
  const mine = Promise.withResolvers<void>();
  const turn = database.transaction(async (tx) => {
    // It stands idle for as long as a file takes; the server ends such transactions after 30 s.
    await tx.query({ text: 'set local idle_in_transaction_session_timeout = 0' });
    await tx.query({ text: 'select pg_advisory_xact_lock($1)', values: [TURN] });
    mine.resolve();
    await over.promise;
  });
  turn.catch(mine.reject);
  await mine.promise;
  return async () => {
    over.resolve();
    await turn;
    await database.close();
  };
}
