/** Runs of "Break it" as the server tells of them. Pure. */

export const ACTIONS = ['kill-worker', 'flood-the-door', 'resend-duplicates'] as const;
export type ActionName = (typeof ACTIONS)[number];

export interface Proof {
  readonly acknowledged: number;
  readonly found: number;
  readonly lost: number;
  readonly doubled: number;
}

export interface Run {
  readonly id: string;
  readonly action: ActionName;
  readonly status: 'running' | 'proving' | 'done' | 'failed';
  /** 0 to 1. */
  readonly progress: number;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly sent: Readonly<Record<string, number>>;
  readonly figures: Readonly<Record<string, number>>;
  readonly before: number;
  readonly after: number | null;
  readonly proof: Proof | null;
}

export interface Breakable {
  readonly name: ActionName;
  /** Typed to confirm. */
  readonly words: string;
}

export interface Runs {
  readonly items: readonly Run[];
  readonly actions: readonly Breakable[];
}

/** An action of a newer server that this console has no words for is left out. */
export function runsOf(body: unknown): Runs {
  // safe because its lists are checked item by item below
  const { items, actions } = (body ?? {}) as {
    readonly items?: unknown;
    readonly actions?: unknown;
  };
  return {
    items: listOf(items).filter(isRun),
    actions: listOf(actions).filter(isBreakable),
  };
}

export function isUnderWay({ status }: Run): boolean {
  return status === 'running' || status === 'proving';
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isBreakable(value: unknown): value is Breakable {
  return isNamed(value, 'name') && 'words' in value && typeof value.words === 'string';
}

function isRun(value: unknown): value is Run {
  return isNamed(value, 'action') && 'id' in value && 'status' in value && 'sent' in value;
}

function isNamed(value: unknown, field: 'name' | 'action'): value is object {
  if (typeof value !== 'object' || value === null || !(field in value)) return false;
  // safe because the field was just seen
  const name = (value as Readonly<Record<string, unknown>>)[field];
  return ACTIONS.some((action) => action === name);
}
