/** What the server answers about leads. */
export const STAGES = ['new', 'contacted', 'qualified', 'proposal', 'won', 'lost'] as const;
export type Stage = (typeof STAGES)[number];

export interface LeadRow {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly stage: Stage;
  readonly score: number | null;
  readonly grade: string | null;
  readonly source: string;
  readonly utmSource: string | null;
  readonly customerId: string | null;
  readonly followUpDueAt: string | null;
  readonly capturedAt: string;
}

export const STAGE_TONES = {
  new: 'info',
  contacted: 'plain',
  qualified: 'plain',
  proposal: 'waiting',
  won: 'good',
  lost: 'bad',
} as const;
