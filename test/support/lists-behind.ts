import type { Projections } from '../../src/projections/projections.ts';

interface Behind<Answer> {
  /** Names of read models. */
  readonly lists: readonly string[];
  /** What no list has seen when `ask` begins. */
  readonly write: () => Promise<unknown>;
  readonly ask: () => Promise<Answer>;
  /** Something of the length of `ask`: by its end, whoever trusts the lists has read them. */
  readonly meanwhile: () => Promise<unknown>;
}

/**
 * Asks while lists are behind the log, as they are for a moment under load, and lets them go on only then. Gives the answer,
 * and whether it came while the lists stood still: then it cannot know of what was written.
 */
export async function askBehind<Answer>(
  projections: Pick<Projections, 'pause' | 'resume'>,
  { lists, write, ask, meanwhile }: Behind<Answer>,
): Promise<{ readonly answer: Answer; readonly isEarly: boolean }> {
  for (const list of lists) await projections.pause(list);
  let isEarly = false;
  let isResumed = false;
  try {
    await write();
    const asked = ask().finally(() => {
      isEarly = !isResumed;
    });
    // Whatever it comes to is looked at below.
    asked.catch(() => undefined);
    await meanwhile();
    isResumed = true;
    for (const list of lists) await projections.resume(list);
    return { answer: await asked, isEarly };
  } finally {
    for (const list of lists) await projections.resume(list);
  }
}
