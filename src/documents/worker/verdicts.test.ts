import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOSTILE } from '../../../test/support/pdf/hostile.ts';
import { ORDINARY } from '../../../test/support/pdf/ordinary.ts';
import { deflated, documentOf } from '../../../test/support/pdf/write-pdf.ts';
import type { WorkerPool } from '../../platform/workers/worker-pool.ts';
import type { Request } from '../operations.ts';
import { openPdfPool } from '../pdf-pool.ts';
import { inputFile, UPLOADED_FILE, type Judgement, type MadeFile, type Task } from '../task.ts';
import type { DocumentInfo } from './judge.ts';
import { hasRawActiveContent } from './raw-search.ts';
import { textOfPages } from './pdfium.ts';

/** Of the issue: a verdict stands within 15 s. */
const VERDICT_MS_MAX = 15_000;

let folder = '';
let pool: WorkerPool;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'comptoir-pdf-'));
  pool = await openPdfPool({ folder: path.join(folder, 'jobs'), size: 1 });
});
afterAll(async () => {
  await pool.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Judged {
  readonly judgement: Judgement;
  /** What would be served instead of the upload. */
  readonly content: Buffer | null;
}

async function judge(pdf: Buffer): Promise<Judged> {
  const outcome = await pool.run<Judged>({
    task: { kind: 'judge' } satisfies Task,
    prepare: (job) => writeFile(path.join(job, UPLOADED_FILE), pdf),
    async collect(result, job) {
      const judgement = result as Judgement;
      const file = 'file' in judgement ? judgement.file : null;
      return { judgement, content: file === null ? null : await readFile(path.join(job, file)) };
    },
  });
  if (outcome.kind !== 'done') throw new Error(`no verdict: ${JSON.stringify(outcome)}`);
  return outcome.result;
}

type Made = MadeFile & { readonly bytes: Buffer };

async function operate(request: Request, ...pdfs: readonly Buffer[]): Promise<readonly Made[]> {
  const infos = await Promise.all(pdfs.map(infoOf));
  const outcome = await pool.run<readonly Made[]>({
    task: { kind: 'operate', request, inputs: infos.map((info) => ({ info })) } satisfies Task,
    async prepare(job) {
      for (const [index, pdf] of pdfs.entries())
        await writeFile(path.join(job, inputFile(index)), pdf);
    },
    collect: (result, job) =>
      Promise.all(
        (result as readonly MadeFile[]).map(async (made) => ({
          ...made,
          bytes: await readFile(path.join(job, made.file)),
        })),
      ),
  });
  if (outcome.kind === 'done') return outcome.result;
  throw new Error(outcome.kind === 'refused' ? outcome.code : JSON.stringify(outcome));
}

async function infoOf(pdf: Buffer): Promise<DocumentInfo | null> {
  const { judgement } = await judge(pdf);
  return 'info' in judgement ? judgement.info : null;
}

const textOf = async (pdf: Buffer): Promise<readonly string[]> =>
  (await textOfPages(pdf, () => undefined)).map((text) => text.trim());

test('there are as many ordinary and hostile files as were promised', () => {
  expect(ORDINARY.length).toBeGreaterThanOrEqual(60);
  expect(HOSTILE.length).toBeGreaterThanOrEqual(40);
  for (const set of [ORDINARY, HOSTILE])
    expect(new Set(set.map(({ name }) => name)).size).toBe(set.length);
});

describe('an ordinary file is clean', () => {
  test.each(ORDINARY.map((each) => [each.name, each] as const))('%s', async (_name, { make }) => {
    const { judgement, content } = await judge(await make());
    expect(judgement).toMatchObject({ verdict: 'clean', removed: [] });
    expect(content).toBeNull();
  });
});

describe('a hostile file gets its verdict', () => {
  test.each(HOSTILE.map((each) => [each.name, each] as const))('%s', async (_name, hostile) => {
    const pdf = hostile.make();
    const startedAt = performance.now();
    const { judgement, content } = await judge(pdf);
    expect(performance.now() - startedAt).toBeLessThan(VERDICT_MS_MAX);
    expect(judgement.verdict).toBe(hostile.verdict);
    if (judgement.verdict === 'refused') {
      expect(judgement.reasons.map(({ code }) => code)).toEqual([hostile.code]);
      expect(content).toBeNull();
      return;
    }
    if (judgement.verdict !== 'disarmed' || content === null) throw new Error('not disarmed');
    expect(judgement.removed.map(({ code }) => code)).toContain(hostile.code);
    expect(await textOf(content)).toEqual(await textOf(pdf));
    expect(hasRawActiveContent(content)).toBe(false);
    const again = await judge(content);
    expect(again.judgement).toMatchObject({ verdict: 'clean' });
  });
});

test('an encrypted file is locked, opens with its password only, and is judged then', async () => {
  const script = '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>';
  const armed = documentOf({ catalog: script });
  const [locked] = await operate({ operation: 'protect', options: { password: 'a b' } }, armed);
  expect(locked).toMatchObject({ verdict: 'locked', info: null });
  expect((await judge(locked!.bytes)).judgement).toEqual({ verdict: 'locked' });
  const unlock = (password: string) =>
    operate({ operation: 'unlock', options: { password } }, locked!.bytes);
  await expect(unlock('wrong')).rejects.toThrow('PASSWORD_WRONG');
  const [opened] = await unlock('a b');
  expect(opened).toMatchObject({ verdict: 'disarmed' });
  expect((await judge(opened!.bytes)).judgement).toMatchObject({ verdict: 'clean' });
});

describe('an operation does what it says', () => {
  const three = documentOf({ pages: [{ text: 'one' }, { text: 'two' }, { text: 'three' }] });

  test.each<[string, Request, readonly (readonly string[])[]]>([
    [
      'merge',
      { operation: 'merge', options: {} },
      [['one', 'two', 'three', 'one', 'two', 'three']],
    ],
    [
      'split',
      { operation: 'split', options: { parts: ['1', '2-3'] } },
      [['one'], ['two', 'three']],
    ],
    ['reorder', { operation: 'reorder', options: { pages: '3,1-2' } }, [['three', 'one', 'two']]],
    [
      'rotate',
      { operation: 'rotate', options: { angle: 90, pages: '2' } },
      [['one', 'two', 'three']],
    ],
    ['sanitise', { operation: 'sanitise', options: {} }, [['one', 'two', 'three']]],
  ])('%s', async (operation, request, expected) => {
    const made = await operate(request, ...(operation === 'merge' ? [three, three] : [three]));
    expect(await Promise.all(made.map(({ bytes }) => textOf(bytes)))).toEqual(expected);
    for (const { bytes, info } of made) expect((await infoOf(bytes))?.pages).toEqual(info?.pages);
  });

  test('a turned page is turned, the others are not', async () => {
    const request = { operation: 'rotate', options: { angle: 90, pages: '2' } } as const;
    const [made] = await operate(request, three);
    expect(made?.info?.pages.map(({ rotate }) => rotate)).toEqual([0, 90, 0]);
  });

  test('a watermark and page numbers stand on the pages they are for', async () => {
    const mark = { operation: 'watermark', options: { text: 'DRAFT (1\\)', pages: '2' } } as const;
    const [marked] = await operate(mark, three);
    const texts = await textOf(marked!.bytes);
    expect(texts.map((text) => text.includes('DRAFT (1\\)'))).toEqual([false, true, false]);
    const number = { operation: 'numberPages', options: { start: 5, format: 'p. {page}/{pages}' } };
    const [numbered] = await operate(number as Request, three);
    const numbers = (await textOf(numbered!.bytes)).map((text) => /p\. \d+\/\d+/.exec(text)?.[0]);
    expect(numbers).toEqual(['p. 5/7', 'p. 6/7', 'p. 7/7']);
    const polish = { operation: 'watermark', options: { text: 'Zażółć gęślą' } } as const;
    const [written] = await operate(polish, three);
    expect((await textOf(written!.bytes)).every((text) => text.includes('Zażółć gęślą'))).toBe(
      true,
    );
    const foreign = { operation: 'watermark', options: { text: '東京' } } as const;
    await expect(operate(foreign, three)).rejects.toThrow('TEXT_NOT_WRITABLE');
    for (const { bytes } of [marked!, numbered!])
      expect((await judge(bytes)).judgement).toMatchObject({ verdict: 'clean' });
  });

  test('text and properties come out as they went in', async () => {
    const options = { title: 'Zażółć', author: '' };
    const [made] = await operate({ operation: 'setMetadata', options }, three);
    expect((await infoOf(made!.bytes))?.about).toEqual({ title: 'Zażółć' });
    const [text] = await operate({ operation: 'text', options: {} }, made!.bytes);
    expect(
      text!.bytes
        .toString()
        .split('\f')
        .map((page) => page.trim()),
    ).toEqual(['one', 'two', 'three']);
    const [info] = await operate({ operation: 'info', options: {} }, made!.bytes);
    expect(JSON.parse(info!.bytes.toString())).toMatchObject({ pageCount: 3 });
  });

  test('a thumbnail is a picture of the page that was asked for', async () => {
    const [made] = await operate(
      { operation: 'thumbnail', options: { page: 2, width: 100 } },
      three,
    );
    expect(made).toMatchObject({ type: 'image/png' });
    expect(made!.bytes.readUInt32BE(16)).toBe(100);
  });

  test('sanitising takes links and metadata too', async () => {
    const entries =
      '/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://e.test/) >> >>]';
    const pdf = documentOf(
      { pages: [{ entries }] },
      { trailer: '/Info << /Title (canary-title) >>' },
    );
    const [made] = await operate({ operation: 'sanitise', options: {} }, pdf);
    expect(made?.removed.map(({ code }) => code)).toContain('LINK');
    expect((await infoOf(made!.bytes))?.about).toEqual({});
  });

  test.each(['4', '0', '1-9'])('pages %s of three are refused', async (pages) => {
    await expect(operate({ operation: 'reorder', options: { pages } }, three)).rejects.toThrow(
      'PAGES_INVALID',
    );
  });
});

test('the search in plain bytes alone would miss what lies in object streams', () => {
  const hidden = HOSTILE.find(({ name }) => name === 'a script in an object stream')!;
  expect(hasRawActiveContent(hidden.make())).toBe(false);
  expect(hasRawActiveContent(documentOf({ pages: [{ content: deflated('/JavaScript') }] }))).toBe(
    false,
  );
});

test('no job leaves a file behind', async () => {
  expect(await readdir(path.join(folder, 'jobs'))).toEqual([]);
});
