/** What the proof by kills in the middle of long work knows of each kind of work. */
import type { ServerProcess } from '../../../test/support/server-process.ts';
import type { Random } from '../random.ts';

/** What one server and one folder offer to all kinds. */
export interface Stage {
  readonly server: ServerProcess;
  /** Empty at first, closed to nobody, removed at the end. */
  readonly folder: string;
  readonly random: Random;
}

export interface Round {
  /** What was hit, and when: for people. */
  readonly hit: string;
  /** What is not as it must be after the way back; empty when all is well. */
  readonly wrong: readonly string[];
}

/** Work under way: `round` begins it, kills at a random moment, finds the way back and looks. */
export interface OpenWork {
  round(kill: number): Promise<Round>;
  /** Looks once more at everything, after all kills. */
  finish(): Promise<readonly string[]>;
}

export type Work = (stage: Stage) => Promise<OpenWork>;

export const NOTHING_WRONG: readonly string[] = [];

/** A sentence unless the two are the same as JSON. */
export function unless(what: string, found: unknown, wanted: unknown): string[] {
  const [is, must] = [JSON.stringify(found), JSON.stringify(wanted)];
  return is === must ? [] : [`${what} is ${is}, not ${must}`];
}
