/** Writes a file anew from its objects, some of them changed: what no object leads to is left behind. */
import { TaskRefused } from '../../platform/workers/worker-messages.ts';
import { describeObjects, type Json, type JsonDict, type ObjectGraph } from './object-graph.ts';
import { QPDF_FAILED, runQpdf, type QpdfRun } from './qpdf.ts';

export interface Changes {
  readonly objects: ReadonlyMap<string, { readonly value: Json; readonly isStream: boolean }>;
  readonly trailer: JsonDict | null;
}

/** Objects in streams of their own again, compressed: small, and without anything between the objects. */
const TIDY = ['--object-streams=generate', '--compress-streams=y'] as const;
/** Streams as they are: qpdf gives a file up whose stream has a filter with damaged data, which readers show as far as they go. */
const AS_STORED = '--stream-data=preserve';

/** Runs qpdf with these and has it write a tidy `/out.pdf`. Errors: TaskRefused TOO_COMPLEX. */
export async function tidied(
  args: readonly string[],
  files: Readonly<Record<string, Uint8Array>>,
): Promise<QpdfRun> {
  const run = await runQpdf([...args, ...TIDY, '/out.pdf'], files);
  if (run.code !== QPDF_FAILED) return run;
  return runQpdf([...args, '--object-streams=generate', AS_STORED, '/out.pdf'], files);
}

/**
 * The file with the changes that `decide` makes of its objects. They are laid open first, because qpdf 12.2 forgets
 * changes to objects that lie in streams. Errors: TaskRefused CANNOT_REWRITE, TOO_COMPLEX.
 */
export async function rewrite(
  pdf: Uint8Array,
  decide: (graph: ObjectGraph) => Changes,
): Promise<Buffer> {
  const args = ['/in.pdf', '--object-streams=disable', AS_STORED, '/out.pdf'];
  const laidOpen = writtenBy(await runQpdf(args, { '/in.pdf': pdf }));
  const graph = await describeObjects(laidOpen);
  if (graph.kind === 'locked') throw cannot();
  const files = { '/in.pdf': laidOpen, '/update.json': updateOf(graph, decide(graph)) };
  return writtenBy(await tidied(['/in.pdf', '--update-from-json=/update.json'], files));
}

function updateOf(graph: ObjectGraph, changes: Changes): Buffer {
  const entries: Record<string, object> = {};
  for (const [name, { value, isStream }] of changes.objects)
    entries[`obj:${name}`] = isStream ? { stream: { dict: value } } : { value };
  if (changes.trailer !== null) entries['trailer'] = { value: changes.trailer };
  const head = {
    jsonversion: 2,
    pdfversion: graph.version,
    maxobjectid: graph.highest,
    pushedinheritedpageresources: false,
    calledgetallpages: false,
  };
  return Buffer.from(JSON.stringify({ qpdf: [head, entries] }, plainNumbers));
}

function writtenBy(run: QpdfRun): Buffer {
  const bytes = run.code === QPDF_FAILED ? null : run.read('/out.pdf');
  if (bytes === null) throw cannot();
  return Buffer.from(bytes);
}

function cannot(): TaskRefused {
  return new TaskRefused('CANNOT_REWRITE', 'The file cannot be written anew.');
}

/** PDF has no exponents. */
function plainNumbers(_key: string, value: unknown): unknown {
  if (typeof value !== 'number' || !/e/.test(String(value))) return value;
  // safe because the runtime has had it since version 22, though its types do not tell
  return (JSON as unknown as { rawJSON(text: string): object }).rawJSON(value.toFixed(12));
}
