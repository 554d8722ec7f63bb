/**
 * The objects of a file as qpdf sees them: its JSON, version 2. There names begin with a slash and are unescaped, text
 * begins with `u:`, bytes with `b:` (hexadecimal), references read `5 0 R`, and what is compressed stands in the open.
 */
import { TaskRefused } from '../../platform/workers/worker-messages.ts';
import { OBJECTS_MAX } from '../limits.ts';
import { QPDF_FAILED, runQpdf, type QpdfRun } from './qpdf.ts';
import { unreadable } from './unreadable.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonDict;
export interface JsonDict {
  readonly [key: string]: Json;
}

export interface PdfObject {
  /** The dictionary of a stream, else the value. */
  readonly value: Json;
  /** Of a stream: the file of its bytes as they are stored, in memory of the run; empty where they were not asked for. */
  readonly data: string | null;
}

export interface ObjectGraph {
  /** By reference. */
  readonly objects: ReadonlyMap<string, PdfObject>;
  readonly trailer: JsonDict;
  readonly version: string;
  /** The highest number of an object. */
  readonly highest: number;
  readonly run: QpdfRun;
}

export type Described = { readonly kind: 'locked' } | ({ readonly kind: 'open' } & ObjectGraph);

const REFERENCE = /^\d+ \d+ R$/;
/** References to references end somewhere, or the file is a trap. */
const HOPS_MAX = 16;

/**
 * The objects alone, or with the bytes of streams. Errors: TaskRefused UNREADABLE, ENCRYPTION_UNSUPPORTED, TOO_COMPLEX,
 * TOO_MANY_OBJECTS.
 */
export async function describeObjects(
  pdf: Uint8Array,
  { withStreams }: { readonly withStreams: boolean } = { withStreams: false },
): Promise<Described> {
  const options = ['--json=2', '--json-key=qpdf', '--decode-level=none'];
  const streams = withStreams
    ? ['--json-stream-data=file', '--json-stream-prefix=/stream']
    : ['--json-stream-data=none'];
  const run = await runQpdf([...options, ...streams, '/in.pdf', '/out.json'], { '/in.pdf': pdf });
  if (/invalid password|password (is )?required/i.test(run.messages)) return { kind: 'locked' };
  const json = run.code === QPDF_FAILED ? null : run.read('/out.json');
  if (json === null) throw unreadable(run.messages);
  const graph = graphOf(Buffer.from(json).toString(), run);
  run.remove('/out.json');
  return isDict(graph.trailer['/Encrypt'] ?? null) || '/Encrypt' in graph.trailer
    ? { kind: 'locked' }
    : { kind: 'open', ...graph };
}

interface QpdfJson {
  readonly qpdf: readonly [
    { readonly pdfversion: string; readonly maxobjectid: number },
    Readonly<Record<string, QpdfEntry>>,
  ];
}

type QpdfEntry =
  | { readonly value: Json }
  | { readonly stream: { readonly dict: JsonDict; readonly datafile?: string } };

function graphOf(text: string, run: QpdfRun): ObjectGraph {
  // safe because qpdf wrote it, in the form that its manual gives for version 2
  const { qpdf } = parsed(text) as QpdfJson;
  const [head, entries] = qpdf;
  const objects = new Map<string, PdfObject>();
  let trailer: JsonDict = {};
  for (const [name, entry] of Object.entries(entries)) {
    if (name === 'trailer') {
      if ('value' in entry && isDict(entry.value)) trailer = entry.value;
      continue;
    }
    const object =
      'stream' in entry
        ? { value: entry.stream.dict, data: entry.stream.datafile ?? '' }
        : { value: entry.value, data: null };
    objects.set(name.slice('obj:'.length), object);
  }
  if (objects.size > OBJECTS_MAX)
    throw new TaskRefused('TOO_MANY_OBJECTS', `The file has more than ${OBJECTS_MAX} objects.`);
  return { objects, trailer, version: head.pdfversion, highest: head.maxobjectid, run };
}

const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|[+-]*[\d.]+(?:[eE][+-]?\d+)?/g;

/** qpdf writes numbers as the file has them; of those that are none in JSON (`+.5`, `--1`) readers make what they can. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const mended = text.replaceAll(STRING_OR_NUMBER, (found) => {
      if (found.startsWith('"')) return found;
      const value = Number.parseFloat(found.replace(/^[+-]+/, ''));
      return String(Number.isFinite(value) ? (found.startsWith('-') ? -value : value) : 0);
    });
    return JSON.parse(mended);
  }
}

export function isDict(value: Json | undefined): value is JsonDict {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isReference(value: Json | undefined): value is string {
  return typeof value === 'string' && REFERENCE.test(value);
}

/** What stands behind a value, which is itself where it is no reference; a stream's dictionary. */
export function resolved(graph: Pick<ObjectGraph, 'objects'>, value: Json | undefined): Json {
  let found: Json = value ?? null;
  for (let hops = 0; isReference(found) && hops < HOPS_MAX; hops += 1)
    found = graph.objects.get(found)?.value ?? null;
  return isReference(found) ? null : found;
}

export function isStream(graph: Pick<ObjectGraph, 'objects'>, value: Json | undefined): boolean {
  return isReference(value) && typeof graph.objects.get(value)?.data === 'string';
}

/** Text of a string object; null for anything else. */
export function textOf(value: Json | undefined): string | null {
  if (typeof value !== 'string') return null;
  if (value.startsWith('u:')) return value.slice(2);
  return value.startsWith('b:') ? Buffer.from(value.slice(2), 'hex').toString('latin1') : null;
}
