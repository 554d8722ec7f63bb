/** Gives a command about a part of something on top of the version that was seen; see use-edit.ts. Free of the screen. */
import { CallFailed } from '../../../../src/client/client.ts';

export interface Seen<Part> {
  readonly version: number;
  readonly part: Part;
}

export interface GivenOn<Part> {
  readonly ifMatch: number;
  /** What the person began with: commands that take single fields send those that differ from it. */
  readonly before: Part;
}

export interface Giving<Part> {
  readonly value: Part;
  /** What the person began with. */
  readonly before: Part;
  /** What it is sent on top of: what they began with, or what they were shown of somebody else. */
  readonly base: Seen<Part>;
  give(value: Part, on: GivenOn<Part>): Promise<unknown>;
  readNewest(): Promise<Seen<Part>>;
  /** Told of the part as somebody else left it. */
  onOther(newest: Seen<Part>): void;
}

export const PRECONDITION_FAILED = 412;
/** Others change other parts: five times in a row while one command is under way is a loop of ours. */
const TRIES_MAX = 5;

/** Errors: CallFailed of the command; of a conflict, after `onOther` was told what is there now. */
export async function giveOn<Part>(giving: Giving<Part>): Promise<unknown> {
  const { value, before, base, give, readNewest, onOther } = giving;
  let { version } = base;
  for (let tries = 1; ; tries += 1) {
    try {
      return await give(value, { ifMatch: version, before });
    } catch (error) {
      if (!(error instanceof CallFailed) || error.status !== PRECONDITION_FAILED) throw error;
      const newest = await readNewest();
      if (tries === TRIES_MAX || !isSame(newest.part, base.part)) {
        onOther(newest);
        throw error;
      }
      version = newest.version;
    }
  }
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
