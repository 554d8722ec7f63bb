/** What the house has done with those who answered its quiz: a board of leads that somebody works on. */
import type { Principal } from '../access/principal.ts';
import { Failure } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { DemoStep } from './demo-steps.ts';
import { pastVisits } from './evening-visits.ts';
import { DEMO_TENANT } from './seed-demo.ts';

interface Outcome {
  readonly stage: 'contacted' | 'qualified' | 'proposal' | 'won' | 'lost';
  readonly note?: string;
  readonly reason?: string;
  /** EUR, in cents. */
  readonly value?: number;
}

/** The longer ago, the further on; in the order of the visits. Whoever came after them is still new. */
const OUTCOMES: readonly Outcome[] = [
  { stage: 'won', value: 48_000, note: 'A tasting for eight, on a Thursday.' },
  { stage: 'lost', reason: 'Wanted the recipe, not an evening.' },
  { stage: 'won', value: 126_000, note: 'The whole bar for a birthday.' },
  { stage: 'proposal', value: 92_000, note: 'Offer for twenty, without spirits for six.' },
  { stage: 'lost', reason: 'No date that suits.' },
  { stage: 'qualified', note: 'Looks for a place for a team evening.' },
  { stage: 'proposal', value: 64_000, note: 'Cocktail class for ten.' },
  { stage: 'contacted' },
  { stage: 'qualified', note: 'Asked what a class costs.' },
  { stage: 'contacted' },
  { stage: 'qualified' },
  { stage: 'contacted' },
  { stage: 'contacted' },
];

const PRINCIPAL: Principal = {
  keyId: 'demo',
  tenant: DEMO_TENANT,
  scopes: new Set(['leads:write'] as const),
};

export function pastLeadSteps(): readonly DemoStep[] {
  const leads = pastVisits(0)
    .filter(({ once }) => once?.endsWith('-contact') === true)
    .map(({ id }) => id);
  return OUTCOMES.flatMap((outcome, index) => {
    const id = leads[index];
    return id === undefined ? [] : stepsOf(id, outcome);
  });
}

function stepsOf(id: string, { stage, reason, note, value }: Outcome): readonly DemoStep[] {
  const given = (command: string, input: unknown): DemoStep => ({
    category: 'leads',
    command,
    id,
    input,
    once: `demo-${command}`,
  });
  return [
    ...(value === undefined
      ? []
      : [given('ValueLead', { value: { amount: value, currency: 'EUR' } })]),
    ...(note === undefined ? [] : [given('NoteOnLead', { note })]),
    given('MoveLead', reason === undefined ? { stage } : { stage, reason }),
    given('FinishLeadFollowUp', {}),
  ];
}

interface MoveDependencies {
  readonly pipeline: Pick<Pipeline, 'handle' | 'load'>;
  readonly logger: Logger;
  /** Waits until policies have answered the past; false when it took too long. */
  readonly settled: () => Promise<boolean>;
  /** Aborted when the server stops. */
  readonly signal: AbortSignal;
}

/** Once policies have made leads of the visits; a later start looks at one lead and is done. Never rejects. */
export async function movePastLeads(deps: MoveDependencies): Promise<void> {
  try {
    await move(deps);
  } catch (error) {
    if (!deps.signal.aborted) deps.logger.warn('leads of the demo stay as they are', { error });
  }
}

async function move({ pipeline, settled, signal }: MoveDependencies): Promise<void> {
  const steps = pastLeadSteps();
  if ((await isMoved(pipeline, steps.at(-1)?.id)) || !(await settled())) return;
  for (const { once, ...step } of steps) {
    if (signal.aborted) return;
    const known = once === undefined ? {} : { commandId: once };
    await pipeline.handle({ principal: PRINCIPAL, ...step, ...known }).catch(unlessGone);
  }
}

/** An earlier demo has other visits; a person may have been erased meanwhile. */
function unlessGone(error: unknown): void {
  if (!(error instanceof Failure && error.code === 'NOT_FOUND')) throw error;
}

/** The last one was captured and moved, or worked on since. */
async function isMoved(pipeline: Pick<Pipeline, 'load'>, id: string | undefined): Promise<boolean> {
  if (id === undefined) return true;
  const { state } = await pipeline.load(DEMO_TENANT, 'leads', id);
  // safe because a lead that is there has a stage, and one that is not has none
  const { stage } = state as { readonly stage?: string };
  return stage !== undefined && stage !== 'new';
}
