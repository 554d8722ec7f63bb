/** What is asked of the PDF service: verdicts and every kind of operation in turn. */
import { setTimeout as delay } from 'node:timers/promises';
import { acceptedId, type Client } from './client.ts';

export interface Work {
  readonly name: string;
  /** Done in milliseconds by an idle worker: what somebody waits for at a screen. */
  readonly isSmall: boolean;
  readonly options: object;
  readonly inputs: number;
}

/** An upload with its verdict, and eleven operations. */
export const WORKS: readonly Work[] = [
  { name: 'verdict', isSmall: true, options: {}, inputs: 0 },
  { name: 'info', isSmall: true, options: {}, inputs: 1 },
  { name: 'rotate', isSmall: true, options: { angle: 90 }, inputs: 1 },
  { name: 'thumbnail', isSmall: true, options: {}, inputs: 1 },
  { name: 'reorder', isSmall: true, options: { pages: '10-1' }, inputs: 1 },
  { name: 'text', isSmall: false, options: {}, inputs: 1 },
  { name: 'watermark', isSmall: false, options: { text: 'DRAFT' }, inputs: 1 },
  { name: 'numberPages', isSmall: false, options: {}, inputs: 1 },
  { name: 'merge', isSmall: false, options: {}, inputs: 2 },
  { name: 'split', isSmall: false, options: { parts: ['1-5', '6-10'] }, inputs: 1 },
  { name: 'setMetadata', isSmall: false, options: { title: 'Bench' }, inputs: 1 },
  { name: 'protect', isSmall: false, options: { password: 'bench' }, inputs: 1 },
];

export interface Material {
  readonly files: readonly Buffer[];
  /** Uploaded and judged before. */
  readonly documents: readonly string[];
}

/** Where the end of it is asked for. */
export async function submit(
  client: Client,
  work: Work,
  { material, turn }: { readonly material: Material; readonly turn: number },
): Promise<string> {
  if (work.inputs === 0) {
    const file = material.files[turn % material.files.length] ?? Buffer.alloc(0);
    return `/v1/documents/${acceptedId(await client.upload(file))}`;
  }
  const inputs = Array.from({ length: work.inputs }, (_, index) => {
    const at = (turn + index) % material.documents.length;
    return material.documents[at] ?? '';
  });
  return `/v1/documents/jobs/${acceptedId(await client.submit(work.name, inputs, work.options))}`;
}

const ENDED_LENGTH_MAX = 400;

/** Whether it came out as it should; asks again after `everyMs`. */
export async function ended(
  client: Client,
  path: string,
  { everyMs, deadline }: { readonly everyMs: number; readonly deadline: number },
): Promise<boolean> {
  while (performance.now() < deadline) {
    const { body } = await client.get(path);
    if (body['status'] === 'done' || body['verdict'] === 'clean') return true;
    if (
      body['status'] !== 'waiting' &&
      body['status'] !== 'running' &&
      body['status'] !== 'judging'
    ) {
      // Whoever has to explain a failed run needs to know what was said; ids and codes are all there is in it.
      process.stderr.write(`${path} ended as ${JSON.stringify(body).slice(0, ENDED_LENGTH_MAX)}\n`);
      return false;
    }
    await delay(everyMs);
  }
  return false;
}
