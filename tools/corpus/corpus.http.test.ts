import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  ADMIN_KEY,
  documentFixture,
  type DocumentFixture,
} from '../../src/documents/service.fixture.ts';
import { documentOf } from '../../test/support/pdf/write-pdf.ts';
import { openTextReader, type TextReader } from './original-text.ts';
import { linesOf, reportOf, type Report } from './report.ts';
import { runCorpus } from './run-corpus.ts';
import { openService } from './service.ts';

const QUIET = { childMb: 0, serverMb: 0, filesLeft: 0 };
const FAULTY = new URL('../../src/documents/worker/faulty-worker.fixture.ts', import.meta.url);

let folder = '';
let texts: TextReader;
const open: DocumentFixture[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'comptoir-corpus-'));
  texts = await openTextReader(path.join(folder, 'texts'));
});
afterAll(async () => {
  for (const fixture of open) await fixture.close();
  await texts.close();
  await rm(folder, { recursive: true, force: true });
});

async function reportFor(
  fixture: DocumentFixture,
  files: Readonly<Record<string, Buffer>>,
): Promise<Report> {
  const place = await mkdtemp(path.join(folder, 'files-'));
  await mkdir(path.join(place, 'deeper'));
  for (const [name, bytes] of Object.entries(files)) await writeFile(path.join(place, name), bytes);
  const examined = await runCorpus({
    folder: place,
    operations: true,
    texts,
    service: openService(fixture.url, ADMIN_KEY),
    progress: () => undefined,
  });
  return reportOf(examined, QUIET);
}

const script = '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>';

test('every file of a folder gets its verdict, and every operation works on what is served', async () => {
  const fixture = await documentFixture();
  open.push(fixture);
  const report = await reportFor(fixture, {
    'plain.pdf': documentOf({ pages: [{ text: 'one' }, { text: 'two' }] }),
    'deeper/armed.PDF': documentOf({ catalog: script }),
    'none.pdf': Buffer.from('no PDF at all'),
    'notes.txt': Buffer.from('left out'),
  });
  expect(report).toMatchObject({
    files: 3,
    verdicts: { clean: 1, disarmed: 1, refused: 1 },
    refusals: { NOT_A_PDF: 1 },
    removed: { JAVASCRIPT: 1, OPEN_ACTION: 1 },
    compared: 1,
    faults: [],
    defects: [],
    holds: true,
  });
  expect(await fixture.leftovers()).toEqual([]);
});

test('a file that breaks its worker and one that never ends are found', async () => {
  const fixture = await documentFixture({ worker: { script: FAULTY, taskMsMax: 1_000 } });
  open.push(fixture);
  const service = openService(fixture.url, ADMIN_KEY);
  const place = await mkdtemp(path.join(folder, 'faulty-'));
  for (const text of ['hang', 'crash', 'calm'])
    await writeFile(path.join(place, `${text}.pdf`), documentOf({ pages: [{ text }] }));
  const run = { folder: place, operations: false, texts: null, service, progress: () => undefined };
  const report = reportOf(await runCorpus(run), QUIET);
  expect(report.faults).toEqual([
    { file: 'crash.pdf', fault: 'crash' },
    { file: 'hang.pdf', fault: 'hang' },
  ]);
  expect(report.verdicts).toEqual({ clean: 1, refused: 2 });
  expect(report.holds).toBe(false);
  expect(linesOf(report)).toContain('HANG hang.pdf');
});
