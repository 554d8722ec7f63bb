import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EXIT } from './command.ts';
import { startContractServer, type ContractServer } from './testing/contract-server.ts';
import { runLine, type Ran } from './testing/run-line.ts';

let server: ContractServer;
let folder: string;

beforeEach(async () => {
  server = await startContractServer();
  folder = mkdtempSync(path.join(tmpdir(), 'comptoir-cli-'));
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const run = (...line: readonly string[]): Promise<Ran> =>
  runLine(['audit', ...line], {
    environment: {
      COMPTOIR_URL: server.url,
      COMPTOIR_API_KEY: server.key,
      COMPTOIR_DATA_DIR: folder,
    },
  });

const chain = (damage: object | null) => ({
  class: 'access',
  first: 1,
  last: 41,
  checkpoints: 3,
  foreign: 0,
  damage,
});
const answer = (damage: object | null) => {
  const found = { ok: damage === null, tenant: 'cafe', chains: [chain(damage)] };
  server.answers.set('POST /v1/audit/verify', found);
};

describe('audit verify', () => {
  test('an intact trail ends with 0', async () => {
    answer(null);
    expect(await run('verify')).toEqual({
      exit: EXIT.ok,
      stdout: 'cafe/access  ok  41 entries, 3 checkpoints\n',
      stderr:
        'The audit trail of cafe is as it was written. Other tenants were not checked: each needs a key of its own.\n',
    });
  });

  test('a damaged one ends with 1 and names the first entry', async () => {
    answer({ kind: 'reordered', seq: 42, detail: 'The entry that belongs at 42 stands at 50.' });
    const { exit, stdout, stderr } = await run('verify');
    expect(exit).toBe(EXIT.failed);
    expect(stderr).toContain('The audit trail of cafe is damaged.');
    expect(stdout).toBe(
      'cafe/access  reordered at 42  The entry that belongs at 42 stands at 50.\n',
    );
  });

  test('with --json the answer is data', async () => {
    answer(null);
    expect(JSON.parse((await run('verify', '--json')).stdout)).toMatchObject({ ok: true });
  });

  test('a file without checkpoints, or none, is refused before anything is asked', async () => {
    const empty = path.join(folder, 'empty');
    writeFileSync(empty, 'nothing\n{}\n');
    expect((await run('verify', '--checkpoint', empty)).exit).toBe(EXIT.failed);
    expect((await run('verify', '--checkpoint', path.join(folder, 'none'))).exit).toBe(EXIT.failed);
    expect(server.asked).toEqual(new Set());
  });

  test('checkpoints are read from a file and from the output of a server', async () => {
    answer(null);
    const checkpoint = {
      tenant: 'cafe',
      class: 'access',
      seq: 7,
      hash: 'ab',
      time: 't',
      signature: 's',
    };
    const file = path.join(folder, 'checkpoints');
    const logged = {
      level: 30,
      msg: `audit checkpoint ${JSON.stringify({ ...checkpoint, seq: 8 })}`,
    };
    writeFileSync(file, `${JSON.stringify(checkpoint)}\nrubbish\n${JSON.stringify(logged)}\n`);
    expect((await run('verify', '--checkpoint', file)).exit).toBe(EXIT.ok);
    expect((await run('verify', '--checkpoint', file, '--tenant', 'bar')).exit).toBe(EXIT.failed);
  });

  test('other words are a mistake of usage', async () => {
    expect((await run('list')).exit).toBe(EXIT.usage);
  });
});
