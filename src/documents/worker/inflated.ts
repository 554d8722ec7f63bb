/**
 * How large the streams of a file become. Every stream that a reader would inflate is inflated here first, piece by piece
 * and thrown away, so that a bomb is known by its size and not by what it does to a reader.
 */
import { createInflate, inflateSync, constants } from 'node:zlib';
import { TaskRefused } from '../../platform/workers/worker-messages.ts';
import { CONTENT_BYTES_MAX, PICTURE_BYTES_MAX, PICTURES_BYTES_MAX } from '../limits.ts';
import { decodeAscii85, decodeAsciiHex, decodeLzw, decodeRunLength } from './filters.ts';
import { isDict, resolved, type Json, type JsonDict, type ObjectGraph } from './object-graph.ts';

/** Inflated in one go, and held until it is counted: the content of any honest page. */
const AT_ONCE_BYTES_MAX = 4 * 1024 * 1024;
/** What one filter gives to the next is held at once. */
const BETWEEN_BYTES_MAX = 64 * 1024 * 1024;
/** Pictures have up to four colours and transparency; some have more inks. */
const CHANNELS_MAX = 8;
/** Padding and rounding of the rows of a picture. */
const SLACK_BYTES = 1024 * 1024;

/** Errors: TaskRefused INFLATES_TOO_FAR. Streams that are broken count as far as they go. */
export async function requireBoundedStreams(graph: ObjectGraph): Promise<void> {
  let content = 0;
  let pictures = 0;
  for (const { value, data } of graph.objects.values()) {
    if (data === null || !isDict(value)) continue;
    const stored = graph.run.read(data) ?? new Uint8Array(0);
    graph.run.remove(data);
    const isPicture = value['/Subtype'] === '/Image';
    const budget = isPicture
      ? Math.min(declaredBytes(graph, value), PICTURES_BYTES_MAX - pictures)
      : CONTENT_BYTES_MAX - content;
    const bytes = await inflatedBytes(graph, { dict: value, stored, budget });
    if (bytes > budget) throw tooFar();
    if (isPicture) pictures += bytes;
    else content += bytes;
  }
}

function declaredBytes(graph: ObjectGraph, dict: JsonDict): number {
  const numberAt = (key: string, otherwise: number): number => {
    const value = resolved(graph, dict[key]);
    return typeof value === 'number' && value > 0 ? value : otherwise;
  };
  const bits = numberAt('/BitsPerComponent', 8) * CHANNELS_MAX;
  const declared = (numberAt('/Width', 0) * numberAt('/Height', 0) * bits) / 8;
  return Math.min(declared + SLACK_BYTES, PICTURE_BYTES_MAX);
}

interface StoredStream {
  readonly dict: JsonDict;
  readonly stored: Uint8Array;
  readonly budget: number;
}

/** At most little more than the budget; the stored size where the last filter is one of pictures. */
async function inflatedBytes(
  graph: ObjectGraph,
  { dict, stored, budget }: StoredStream,
): Promise<number> {
  const filters = listOf(graph, dict['/Filter']);
  const parameters = listOf(graph, dict['/DecodeParms']);
  let bytes = stored;
  for (const [index, filter] of filters.entries()) {
    const isLast = index === filters.length - 1;
    const given = resolved(graph, parameters[index]);
    const sink = isLast ? counting(budget) : collecting();
    const known = await decode(
      bytes,
      { filter, parameters: isDict(given) ? given : {} },
      sink.write,
    );
    if (!known || isLast) return isLast && known ? sink.bytes() : bytes.length;
    bytes = sink.collected();
  }
  return bytes.length;
}

function listOf(graph: ObjectGraph, value: Json | undefined): readonly Json[] {
  const found = resolved(graph, value);
  // safe because an array of JSON holds JSON
  if (Array.isArray(found)) return found as readonly Json[];
  return found === null ? [] : [found];
}

interface FilterStep {
  readonly filter: Json;
  readonly parameters: JsonDict;
}

/** False for a filter that is not one of ours. */
async function decode(
  bytes: Uint8Array,
  { filter, parameters }: FilterStep,
  write: (piece: Uint8Array) => void,
): Promise<boolean> {
  switch (filter) {
    case '/FlateDecode':
    case '/Fl':
      await inflate(bytes, write);
      return true;
    case '/LZWDecode':
    case '/LZW':
      decodeLzw(bytes, write, parameters['/EarlyChange'] === 0 ? 0 : 1);
      return true;
    case '/ASCIIHexDecode':
    case '/AHx':
      decodeAsciiHex(bytes, write);
      return true;
    case '/ASCII85Decode':
    case '/A85':
      decodeAscii85(bytes, write);
      return true;
    case '/RunLengthDecode':
    case '/RL':
      decodeRunLength(bytes, write);
      return true;
    default:
      return false;
  }
}

async function inflate(bytes: Uint8Array, write: (piece: Uint8Array) => void): Promise<void> {
  const whole = inflatedAtOnce(bytes);
  if (whole !== null) {
    write(whole);
    return;
  }
  const inflating = createInflate({ finishFlush: constants.Z_SYNC_FLUSH });
  inflating.end(bytes);
  try {
    // safe because a byte stream without an encoding gives buffers
    for await (const piece of inflating) write(piece as Uint8Array);
  } catch (error) {
    if (error instanceof TaskRefused) throw error;
    // A reader shows what came before the damage.
  } finally {
    inflating.destroy();
  }
}

/** Null for what is damaged or too large for that: piece by piece costs ten times as much for the streams of a page. */
function inflatedAtOnce(bytes: Uint8Array): Uint8Array | null {
  try {
    const maxOutputLength = AT_ONCE_BYTES_MAX;
    return inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength });
  } catch {
    return null;
  }
}

function counting(budget: number) {
  let count = 0;
  return {
    write(piece: Uint8Array): void {
      count += piece.length;
      if (count > budget) throw tooFar();
    },
    bytes: () => count,
    collected: () => new Uint8Array(0),
  };
}

function collecting() {
  const pieces: Uint8Array[] = [];
  let count = 0;
  return {
    write(piece: Uint8Array): void {
      count += piece.length;
      if (count > BETWEEN_BYTES_MAX) throw tooFar();
      pieces.push(piece);
    },
    bytes: () => count,
    collected: (): Uint8Array => Buffer.concat(pieces),
  };
}

function tooFar(): TaskRefused {
  return new TaskRefused('INFLATES_TOO_FAR', 'A stream of the file inflates beyond what it may.');
}
