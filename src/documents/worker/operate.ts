/** Carries out one operation on files that have a verdict. */
import { TaskRefused } from '../../platform/workers/worker-messages.ts';
import { PAGES_MAX } from '../limits.ts';
import type { OptionsOf, Request } from '../operations.ts';
import type { MadeFile } from '../task.ts';
import { aboutOf, judge, type DocumentInfo, type Judged } from './judge.ts';
import {
  describeObjects,
  isDict,
  isReference,
  type Json,
  type ObjectGraph,
} from './object-graph.ts';
import { renderPage, textOfPages } from './pdfium.ts';
import { QPDF_FAILED } from './qpdf.ts';
import { repaired } from './repair.ts';
import { rewrite, tidied, type Changes } from './rewrite.ts';
import { numberedPages, watermarkPages } from './stamps.ts';
import { pagesOf, type PageSize } from './pages.ts';

export interface Input {
  readonly bytes: Buffer;
  /** Null for what is locked. */
  readonly info: DocumentInfo | null;
}

export interface Made extends Omit<MadeFile, 'file'> {
  readonly bytes: Uint8Array;
}

const THUMBNAIL = { page: 1, width: 320 };
const WATERMARK_OPACITY = 0.3;
const NUMBER_FORMAT = '{page} / {pages}';
/** `%PDF-1.7`. */
const HEAD_BYTES = 8;
/** Between pages of extracted text, as text files have it. */
const FORM_FEED = '\f';

/** Errors: TaskRefused PAGES_INVALID, PASSWORD_WRONG, NOT_LOCKED, OPERATION_FAILED, and those of verdicts. */
export async function operate(
  request: Request,
  inputs: readonly Input[],
  progress: (share: number) => void,
): Promise<readonly Made[]> {
  const [input] = inputs;
  if (input === undefined) throw failed();
  switch (request.operation) {
    case 'info':
      return [file('application/json', Buffer.from(JSON.stringify(await infoOf(input))))];
    case 'text': {
      const texts = await textOfPages(input.bytes, progress);
      return [file('text/plain', Buffer.from(texts.join(FORM_FEED)))];
    }
    case 'thumbnail':
      return [await thumbnail(input, request.options)];
    case 'merge':
      return [await merge(inputs)];
    case 'split':
      return split(input, request.options, progress);
    case 'rotate':
      return [await rotate(input, request.options)];
    case 'reorder':
      return [await pick(input, request.options.pages)];
    case 'watermark':
      return [await watermark(input, request.options)];
    case 'numberPages':
      return [await number(input, request.options)];
    case 'protect':
      return [await protect(input, request.options)];
    case 'unlock':
      return [await unlock(input, request.options)];
    case 'sanitise':
      return [madeOf(await judge(input.bytes, { everything: true }))];
    case 'setMetadata':
      return [await setMetadata(input, request.options)];
  }
}

async function infoOf({ bytes, info }: Input): Promise<object> {
  const graph = await describeObjects(bytes);
  const about = graph.kind === 'open' ? aboutOf(graph) : {};
  return { bytes: bytes.length, pageCount: sizesOf({ bytes, info }).length, ...info, about };
}

async function thumbnail(input: Input, options: OptionsOf<'thumbnail'>): Promise<Made> {
  const { page, width } = { ...THUMBNAIL, ...options };
  requirePages(input, String(page));
  const { png } = await renderPage(input.bytes, { page, width });
  return file('image/png', png);
}

async function merge(inputs: readonly Input[]): Promise<Made> {
  const sizes = inputs.flatMap(sizesOf);
  if (sizes.length > PAGES_MAX) throw pagesInvalid(`A document has at most ${PAGES_MAX} pages.`);
  const files = Object.fromEntries(inputs.map(({ bytes }, index) => [`/${index}.pdf`, bytes]));
  const pages = inputs.flatMap((_input, index) => [`/${index}.pdf`, '1-z']);
  return laidOut(await written(['--empty', '--pages', ...pages, '--'], files), sizes);
}

async function split(
  input: Input,
  { parts }: OptionsOf<'split'>,
  progress: (share: number) => void,
): Promise<readonly Made[]> {
  for (const part of parts) requirePages(input, part);
  const made: Made[] = [];
  for (const [index, part] of parts.entries()) {
    made.push(await pick(input, part));
    progress(index / parts.length);
  }
  return made;
}

async function pick(input: Input, ranges: string): Promise<Made> {
  requirePages(input, ranges);
  const args = ['/in.pdf', '--pages', '.', ranges, '--'];
  const sizes = sizesOf(input);
  const picked = pagesIn(ranges).flatMap((page) => sizes[page - 1] ?? []);
  return laidOut(await written(args, { '/in.pdf': input.bytes }), picked);
}

async function rotate(input: Input, { angle, pages }: OptionsOf<'rotate'>): Promise<Made> {
  const ranges = pages ?? '1-z';
  if (pages !== undefined) requirePages(input, pages);
  const args = ['/in.pdf', `--rotate=+${angle}:${ranges}`];
  const turned = pages === undefined ? null : new Set(pagesIn(pages));
  const sizes = sizesOf(input).map((size, index) =>
    turned?.has(index + 1) === false ? size : { ...size, rotate: (size.rotate + angle) % 360 },
  );
  return laidOut(await written(args, { '/in.pdf': input.bytes }), sizes);
}

async function watermark(input: Input, options: OptionsOf<'watermark'>): Promise<Made> {
  const { text, opacity = WATERMARK_OPACITY, pages } = options;
  if (pages !== undefined) requirePages(input, pages);
  const [size, ...others] = sizesOf(input);
  const isUniform = size !== undefined && others.every((other) => isSameSize(size, other));
  const stamps = watermarkPages(isUniform ? [size] : sizesOf(input), { text, opacity });
  const to = pages === undefined ? [] : [`--to=${pages}`];
  if (isUniform) return laidOver(input, stamps, [...to, '--from=', '--repeat=1']);
  // The stamp of a page has its number, so that each fits the size of its own page.
  return laidOver(input, stamps, pages === undefined ? [] : [...to, `--from=${pages}`]);
}

async function number(input: Input, options: OptionsOf<'numberPages'>): Promise<Made> {
  const { start = 1, format = NUMBER_FORMAT } = options;
  return laidOver(input, numberedPages(sizesOf(input), { start, format }), []);
}

function isSameSize(one: PageSize, other: PageSize): boolean {
  return one.width === other.width && one.height === other.height && one.rotate === other.rotate;
}

async function laidOver(input: Input, stamps: Uint8Array, where: readonly string[]): Promise<Made> {
  const files = { '/in.pdf': input.bytes, '/stamps.pdf': stamps };
  const args = ['/in.pdf', '--overlay', '/stamps.pdf', ...where, '--'];
  return laidOut(await written(args, files), sizesOf(input));
}

/** AES with 256 bits (ISO 32000-2, 7.6). */
async function protect(input: Input, options: OptionsOf<'protect'>): Promise<Made> {
  const { password, ownerPassword, print = true, copy = true, change = true } = options;
  const rights = [
    `--print=${print ? 'full' : 'none'}`,
    `--extract=${copy ? 'y' : 'n'}`,
    `--modify=${change ? 'all' : 'none'}`,
  ];
  const owner = ownerPassword ?? password;
  const args = [
    '/in.pdf',
    '--encrypt',
    `--user-password=${password}`,
    `--owner-password=${owner}`,
    '--bits=256',
    ...rights,
    '--',
  ];
  const bytes = await written(args, { '/in.pdf': input.bytes });
  return { bytes, type: 'application/pdf', verdict: 'locked', removed: [], info: null };
}

/** What was hidden by the password gets a verdict of its own before anybody sees it. */
async function unlock(input: Input, { password }: OptionsOf<'unlock'>): Promise<Made> {
  const opened = (await decrypted(input.bytes, password)) ?? (await mended(input.bytes, password));
  if (opened === null) throw failed();
  return madeOf(await judge(Buffer.from(opened)));
}

/** Of a file that is damaged as well as locked. */
async function mended(bytes: Buffer, password: string): Promise<Uint8Array | null> {
  const whole = repaired(bytes);
  return whole === null ? null : decrypted(whole, password);
}

/** Null when it cannot be read. Errors: TaskRefused PASSWORD_WRONG, TOO_COMPLEX. */
async function decrypted(bytes: Uint8Array, password: string): Promise<Uint8Array | null> {
  const args = ['/in.pdf', `--password=${password}`, '--decrypt'];
  const run = await tidied(args, { '/in.pdf': bytes });
  if (/invalid password/i.test(run.messages))
    throw new TaskRefused('PASSWORD_WRONG', 'The document does not open with this password.');
  return run.code === QPDF_FAILED ? null : run.read('/out.pdf');
}

async function setMetadata(input: Input, options: OptionsOf<'setMetadata'>): Promise<Made> {
  const bytes = await rewrite(input.bytes, (graph) => withProperties(graph, options));
  return laidOut(bytes, sizesOf(input));
}

function withProperties(graph: ObjectGraph, options: OptionsOf<'setMetadata'>): Changes {
  const given = graph.trailer['/Info'];
  const name = isReference(given) ? given : `${graph.highest + 1} 0 R`;
  const before = graph.objects.get(name)?.value;
  const entries: Record<string, Json> = isDict(before) ? { ...before } : {};
  for (const [key, text] of Object.entries(options)) {
    const property = `/${key.charAt(0).toUpperCase()}${key.slice(1)}`;
    if (text === '') delete entries[property];
    else entries[property] = `u:${text}`;
  }
  const objects = new Map<string, { value: Json; isStream: boolean }>();
  objects.set(name, { value: entries, isStream: false });
  // A second account of the same in XML would contradict it.
  const root = graph.trailer['/Root'];
  const catalog = isReference(root) ? graph.objects.get(root)?.value : undefined;
  if (isReference(root) && isDict(catalog) && '/Metadata' in catalog) {
    const { '/Metadata': _dropped, ...rest } = catalog;
    objects.set(root, { value: rest, isStream: false });
  }
  return { objects, trailer: { ...graph.trailer, '/Info': name } };
}

/** Errors: TaskRefused OPERATION_FAILED, TOO_COMPLEX. */
async function written(
  args: readonly string[],
  files: Readonly<Record<string, Uint8Array>>,
): Promise<Uint8Array> {
  const run = await tidied(args, files);
  const bytes = run.code === QPDF_FAILED ? null : run.read('/out.pdf');
  if (bytes === null) throw failed();
  return bytes;
}

/** A PDF that qpdf wrote of one that has a verdict, with pages as they must be: to read it again would cost as much. */
function laidOut(bytes: Uint8Array, pages: readonly PageSize[]): Made {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
  const version = /^%PDF-(\d\.\d)/.exec(head)?.[1];
  if (version === undefined) throw failed();
  const info = { version, pages, about: {} };
  return { bytes, type: 'application/pdf', verdict: 'clean', removed: [], info };
}

/** Numbers of pages in the order wanted: `3,1-2` is 3, 1, 2; a range may go backwards. */
function pagesIn(ranges: string): readonly number[] {
  return ranges.split(',').flatMap((range) => {
    const [from = 0, to = from] = range.split('-').map(Number);
    const step = from <= to ? 1 : -1;
    return Array.from({ length: Math.abs(to - from) + 1 }, (_, index) => from + step * index);
  });
}

/** A PDF that we wrote. Errors: TaskRefused OPERATION_FAILED. */
export async function ownPdf(bytes: Uint8Array): Promise<Made> {
  const graph = await describeObjects(bytes);
  if (graph.kind === 'locked') throw failed();
  const info = {
    version: graph.version,
    pages: pagesOf(graph),
    about: aboutOf(graph),
  };
  return { bytes, type: 'application/pdf', verdict: 'clean', removed: [], info };
}

function madeOf(judged: Judged): Made {
  switch (judged.verdict) {
    case 'clean':
    case 'disarmed': {
      const { verdict, removed, info, content } = judged;
      return { bytes: content, type: 'application/pdf', verdict, removed, info };
    }
    case 'locked':
      throw new TaskRefused('PASSWORD_WRONG', 'The document is still locked.');
    case 'refused':
      throw new TaskRefused('DOCUMENT_REFUSED', judged.reasons[0]?.detail ?? '');
  }
}

function file(type: MadeFile['type'], bytes: Uint8Array): Made {
  return { bytes, type, verdict: 'clean', removed: [], info: null };
}

function sizesOf({ info }: Input): readonly PageSize[] {
  return info?.pages ?? [];
}

/** Errors: TaskRefused PAGES_INVALID. */
function requirePages(input: Input, ranges: string): void {
  const count = sizesOf(input).length;
  for (const end of ranges.split(/[,-]/).map(Number))
    if (end < 1 || end > count) throw pagesInvalid(`The document has pages 1 to ${count}.`);
  const picked = ranges.split(',').reduce((sum, range) => {
    const [from = 0, to = from] = range.split('-').map(Number);
    return sum + Math.abs(to - from) + 1;
  }, 0);
  if (picked > PAGES_MAX) throw pagesInvalid(`A document has at most ${PAGES_MAX} pages.`);
}

function pagesInvalid(detail: string): TaskRefused {
  return new TaskRefused('PAGES_INVALID', detail);
}

function failed(): TaskRefused {
  return new TaskRefused(
    'OPERATION_FAILED',
    'The operation could not be carried out on this file.',
  );
}
