/** What becomes of one file: its verdict, whether that holds, and whether every operation works on what is served. */
import { cappedDetail, WORKER_BROKEN } from '../../src/documents/give-verdict.ts';
import { tryOperations } from './operations.ts';
import type { TextReader } from './original-text.ts';
import type { DocumentFound, Service, Told } from './service.ts';

/** A verdict stands within this time, or the file is a finding. */
export const VERDICT_MS_MAX = 15_000;
/** How long it is waited for one that is late, to tell how late. */
const PATIENCE_MS = 60_000;

/** What no file may bring about: the first three end the command with 1. */
export type Fault = 'crash' | 'hang' | 'late' | 'memory';

export interface Examined {
  readonly file: string;
  readonly bytes: number;
  /** `none` when there was none. */
  readonly verdict: 'clean' | 'disarmed' | 'locked' | 'refused' | 'none';
  readonly reasons: readonly Told[];
  readonly removed: readonly Told[];
  /** From the first byte sent to the verdict seen. */
  readonly verdictMs: number;
  readonly fault: Fault | null;
  /** What should hold and does not, in words. */
  readonly defects: readonly string[];
  /** Whether the text before and after was compared: only where the file can be read before. */
  readonly isCompared: boolean;
}

export interface Examiner {
  readonly service: Service;
  /** Null to compare no texts. */
  readonly texts: TextReader | null;
  /** Whether to try every operation on what is clean or disarmed. */
  readonly operations: boolean;
}

export async function examine(
  examiner: Examiner,
  { file, pdf }: { readonly file: string; readonly pdf: Buffer },
): Promise<Examined> {
  const { service } = examiner;
  const startMs = performance.now();
  const id = await service.upload(pdf);
  const found = await service.judged(id, PATIENCE_MS);
  const verdictMs = performance.now() - startMs;
  const head = { file, bytes: pdf.length, verdictMs };
  if (found === null)
    return { ...head, ...NOTHING, verdict: 'none', fault: 'late', isCompared: false, defects: [] };
  const verdict = found.verdict ?? 'none';
  const isOpen = verdict === 'clean' || verdict === 'disarmed';
  const { defects, isCompared } = isOpen
    ? await lookCloser(examiner, { id, pdf, found })
    : { defects: [], isCompared: false };
  await service.remove(id);
  const { reasons, removed } = found;
  return {
    ...head,
    verdict,
    reasons,
    removed,
    isCompared,
    defects,
    fault: faultOf(found, verdictMs),
  };
}

const NOTHING = { reasons: [], removed: [] } as const;

function faultOf({ reasons }: DocumentFound, verdictMs: number): Fault | null {
  const details = new Set(reasons.map(({ detail }) => detail));
  if (details.has(WORKER_BROKEN)) return 'crash';
  if (details.has(cappedDetail('time')) || details.has(cappedDetail('cpu'))) return 'hang';
  if (verdictMs > VERDICT_MS_MAX) return 'late';
  return details.has(cappedDetail('memory')) ? 'memory' : null;
}

interface Judged {
  readonly id: string;
  readonly pdf: Buffer;
  readonly found: DocumentFound;
}

async function lookCloser(examiner: Examiner, { id, pdf, found }: Judged) {
  const { service, texts, operations } = examiner;
  const defects: string[] = [];
  let isCompared = false;
  const served = found.verdict === 'disarmed' || operations ? await service.served(id) : pdf;
  if (found.verdict === 'clean' && !served.equals(pdf)) defects.push('served with other bytes');
  if (found.verdict === 'disarmed') {
    defects.push(...(await secondScan(service, served)));
    const before = (await texts?.textOf(pdf)) ?? null;
    if (before !== null) {
      isCompared = true;
      const after = (await texts?.textOf(served)) ?? '';
      if (!isKept({ before, after }, found)) defects.push('its text is not what it was');
    }
  }
  if (operations) defects.push(...(await tryOperations(service, { id, pages: found.pages ?? 0 })));
  return { defects, isCompared };
}

/** Whether text is as it was; of a damaged file more of it may be found than was seen before. */
function isKept(
  { before, after }: { readonly before: string; readonly after: string },
  { removed }: DocumentFound,
): boolean {
  if (after === before) return true;
  const isDamaged = removed.some(({ code }) => code === 'DAMAGE');
  return isDamaged && after.length > before.length && before.trim() === '';
}

async function secondScan(service: Service, served: Buffer): Promise<readonly string[]> {
  const id = await service.upload(served);
  const again = await service.judged(id, PATIENCE_MS);
  await service.remove(id);
  if (again?.verdict === 'clean') return [];
  const codes = [...(again?.removed ?? []), ...(again?.reasons ?? [])].map(({ code }) => code);
  return [`judged again it is ${again?.verdict ?? 'without a verdict'}: ${codes.join(', ')}`];
}
