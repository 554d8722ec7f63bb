/**
 * `npm run corpus -- DIR [--operations] [--json] [--list FILE]`: what the PDF service makes of a folder of files, over
 * HTTP and with a server of its own. Exit 0 when all holds; 1 after a crash, a hang, a verdict later than 15 s, a text
 * that changed, an operation that failed or a file left behind; 2 for a line that cannot be understood.
 */
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createScope, type Scope } from '../bench/scope.ts';
import { startServer } from '../bench/server.ts';
import { watchMemory } from './memory.ts';
import { openTextReader } from './original-text.ts';
import { linesOf, reportOf, type Report } from './report.ts';
import { runCorpus } from './run-corpus.ts';
import { openService } from './service.ts';

const USAGE = `Runs every PDF of a folder through the intake of a server of its own.

  npm run corpus -- DIR                 verdicts; what was disarmed is judged again and its text compared
  npm run corpus -- DIR --operations    every operation as well, on what is clean or disarmed
    --json                              figures as the last line of the output
    --list FILE                         what became of each file, one JSON object a line
`;
const EXIT_INTERRUPTED = 130;
const PROGRESS_FILES = 100;

interface Wanted {
  readonly folder: string;
  readonly operations: boolean;
  readonly list: string | null;
  readonly json: boolean;
}

function wantedIn(words: readonly string[]): Wanted {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      operations: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      list: { type: 'string' },
    },
  });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new TypeError('one folder is needed');
  const { operations, json, list } = values;
  return { folder: path.resolve(folder), operations, json, list: list ?? null };
}

async function measure(wanted: Wanted, scope: Scope): Promise<Report> {
  const server = await startServer(scope);
  const memory = watchMemory(server.pid);
  scope.defer(memory.stop);
  const texts = await openTextReader(path.join(await scope.folder(), 'texts'));
  scope.defer(texts.close);
  const examined = await runCorpus({
    folder: wanted.folder,
    operations: wanted.operations,
    texts,
    service: openService(server.url, server.apiKey),
    progress(each, done, all) {
      if (each.fault !== null) scope.say(`${each.fault} ${each.file}`);
      if (done % PROGRESS_FILES === 0 || done === all) scope.say(`${done} of ${all}`);
    },
  });
  const { list } = wanted;
  if (list !== null)
    await writeFile(list, `${examined.map((each) => JSON.stringify(each)).join('\n')}\n`);
  return reportOf(examined, {
    childMb: memory.childMb,
    serverMb: memory.serverMb,
    filesLeft: filesLeft(server.dataDir),
  });
}

/** Of jobs, and of uploads that never became a document. */
function filesLeft(dataDir: string): number {
  const places = [path.join(dataDir, 'work', 'pdf'), path.join(dataDir, 'blobs', 'drafts')];
  return places.reduce((sum, place) => sum + readdirSync(place).length, 0);
}

async function main(words: readonly string[]): Promise<number> {
  const wanted = wantedIn(words);
  const scope = createScope((line) => void process.stderr.write(`${line}\n`));
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= scope.close());
  const interrupt = (): void => void close();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    const report = await measure(wanted, scope);
    for (const line of linesOf(report)) scope.say(line);
    if (wanted.json) process.stdout.write(`${JSON.stringify(report)}\n`);
    return report.holds ? 0 : 1;
  } catch (error) {
    // What was under way fails when its server is stopped.
    if (closing === null) throw error;
    return EXIT_INTERRUPTED;
  } finally {
    await close();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
