/** Looks for each planted defect, seed after seed: the simulator is only as good as what it finds. */
import { runSeed, type Finding } from '../run.ts';
import { BUGS, type Bug } from './bugs.ts';

export interface Caught {
  readonly bug: string;
  /** Null when it was not found. */
  readonly found: (Finding & { readonly seed: number }) | null;
}

/** Tries `seedsMax` seeds from `from` on for each bug; calls `onCaught` as each is found or given up. */
export async function huntBugs(options: {
  readonly from: number;
  readonly seedsMax: number;
  readonly onCaught?: (caught: Caught) => void;
}): Promise<readonly Caught[]> {
  const all: Caught[] = [];
  for (const bug of BUGS) {
    const caught = { bug: bug.name, found: await hunt(bug, options) };
    options.onCaught?.(caught);
    all.push(caught);
  }
  return all;
}

async function hunt(
  bug: Bug,
  { from, seedsMax }: { readonly from: number; readonly seedsMax: number },
): Promise<Caught['found']> {
  for (let seed = from; seed < from + seedsMax; seed += 1) {
    const { finding } = await runSeed(seed, { tampering: bug });
    if (finding !== null) return { ...finding, seed };
  }
  return null;
}
