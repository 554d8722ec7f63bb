/**
 * The verdict on a file:
 *
 *   clean     nothing in it acts by itself
 *   disarmed  what acted was taken out, and what is left was looked at again
 *   locked    encrypted: nothing can be said before it is unlocked
 *   refused   it is not a readable PDF, goes beyond a limit, or is something else as well
 */
import { TaskRefused } from '../../platform/workers/worker-messages.ts';
import { disarm, type DisarmOptions, type RemovedCode } from './active-content.ts';
import { refusalOfEnvelope, type Reason } from './envelope.ts';
import { requireBoundedStreams } from './inflated.ts';
import {
  describeObjects,
  isDict,
  resolved,
  textOf,
  type Described,
  type ObjectGraph,
} from './object-graph.ts';
import { pagesOf, requireBoundedShape, type PageSize } from './pages.ts';
import { hasRawActiveContent } from './raw-search.ts';
import { repaired } from './repair.ts';
import { rewrite } from './rewrite.ts';
import { findEnding, type Ending } from './tail.ts';

export interface Removed {
  readonly code: RemovedCode;
  readonly count: number;
}

export interface DocumentInfo {
  readonly version: string;
  readonly pages: readonly PageSize[];
  /** Title, author and the like, as the file has them. */
  readonly about: Readonly<Record<string, string>>;
}

export type Judged =
  | {
      readonly verdict: 'clean' | 'disarmed';
      readonly removed: readonly Removed[];
      readonly info: DocumentInfo;
      /** What is served: the file itself where it is clean. */
      readonly content: Buffer;
    }
  | { readonly verdict: 'locked' }
  | { readonly verdict: 'refused'; readonly reasons: readonly Reason[] };

const USUAL: DisarmOptions = { everything: false };
const WITH_STREAMS = { withStreams: true };
const ABOUT = ['Title', 'Author', 'Subject', 'Keywords', 'Creator', 'Producer'] as const;
const ABOUT_LENGTH_MAX = 1_000;

/** Errors: none for what the file is; those of a process that has run out of what it may use end the process. */
export async function judge(bytes: Buffer, options: DisarmOptions = USUAL): Promise<Judged> {
  const refusal = refusalOfEnvelope(bytes);
  if (refusal !== null) return { verdict: 'refused', reasons: [refusal] };
  const end = findEnding(bytes);
  if (end.kind === 'refused') return { verdict: 'refused', reasons: [end.reason] };
  try {
    return await judgeObjects(end.ending, options);
  } catch (error) {
    if (!(error instanceof TaskRefused)) throw error;
    return { verdict: 'refused', reasons: [{ code: error.code, detail: error.message }] };
  }
}

async function judgeObjects({ body, hasJunk }: Ending, options: DisarmOptions): Promise<Judged> {
  const { graph, bytes, isRepaired } = await described(body);
  if (graph.kind === 'locked') return { verdict: 'locked' };
  requireBoundedShape(graph);
  const pages = pagesOf(graph);
  await requireBoundedStreams(graph);
  const found = disarm(graph, options);
  const isHidden = found.removed.size === 0 && hasRawActiveContent(bytes);
  const info = { version: graph.version, pages, about: options.everything ? {} : aboutOf(graph) };
  const cut: readonly Removed[] = hasJunk ? [{ code: 'TRAILING_DATA', count: 1 }] : [];
  if (found.removed.size === 0 && !isHidden && !isRepaired && !options.everything)
    return { verdict: hasJunk ? 'disarmed' : 'clean', removed: cut, info, content: bytes };
  const content = await rewrite(bytes, (open) => {
    const { changes, trailer } = disarm(open, options);
    const kept = options.everything ? without(trailer ?? open.trailer, '/Info') : trailer;
    return { objects: changes, trailer: kept };
  });
  await requireDisarmed(content, { pages: pages.length, options });
  const removed = [...found.removed].map(([code, count]): Removed => ({ code, count }));
  if (isHidden) removed.push({ code: 'HIDDEN_CONTENT', count: 1 });
  if (isRepaired) removed.push({ code: 'DAMAGE', count: 1 });
  return { verdict: 'disarmed', removed: [...removed, ...cut], info, content };
}

interface ReadFile {
  readonly graph: Described;
  /** Those that were read: the file's own, or with a table of ours. */
  readonly bytes: Buffer;
  readonly isRepaired: boolean;
}

/** Errors: TaskRefused as describeObjects. */
async function described(bytes: Buffer): Promise<ReadFile> {
  try {
    return { graph: await describeObjects(bytes, WITH_STREAMS), bytes, isRepaired: false };
  } catch (error) {
    const isBroken = error instanceof TaskRefused && error.code === 'UNREADABLE';
    const mended = isBroken ? repaired(bytes) : null;
    if (mended === null) throw error;
    return { graph: await describeObjects(mended, WITH_STREAMS), bytes: mended, isRepaired: true };
  }
}

/** Errors: TaskRefused CANNOT_REWRITE. */
async function requireDisarmed(
  content: Buffer,
  { pages, options }: { readonly pages: number; readonly options: DisarmOptions },
): Promise<void> {
  const graph = await describeObjects(content);
  const isDone =
    graph.kind === 'open' &&
    disarm(graph, options).removed.size === 0 &&
    pagesOf(graph).length === pages;
  if (!isDone)
    throw new TaskRefused('CANNOT_REWRITE', 'Not everything that acts could be taken out.');
}

function without(dict: ObjectGraph['trailer'], key: string): ObjectGraph['trailer'] {
  return Object.fromEntries(Object.entries(dict).filter(([name]) => name !== key));
}

/** Title, author and the like, as the file has them. */
export function aboutOf(graph: ObjectGraph): Readonly<Record<string, string>> {
  const info = resolved(graph, graph.trailer['/Info']);
  if (!isDict(info)) return {};
  const entries = ABOUT.flatMap((key) => {
    const text = textOf(resolved(graph, info[`/${key}`]));
    return text === null ? [] : [[key.toLowerCase(), text.slice(0, ABOUT_LENGTH_MAX)] as const];
  });
  return Object.fromEntries(entries);
}
