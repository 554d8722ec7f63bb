import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/** A device on which every write fails as on a full disk (Linux, full(4)). */
const FULL = '/dev/full';
const PROGRAM = `
  import { createLogger } from ${JSON.stringify(path.join(import.meta.dirname, 'logger.ts'))};
  const logger = createLogger({ level: 'info' });
  for (let at = 0; at < 20_000; at += 1) logger.warn('the disk is full, writes are refused', { count: at });
  setTimeout(() => console.log('still here, ' + (process.memoryUsage().external < 64e6)), 50);
`;

test.runIf(existsSync(FULL))('lines that cannot be written end nothing and are not kept', () => {
  const stderr = openSync(FULL, 'w');
  try {
    const { stdout, status } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', PROGRAM],
      { stdio: ['ignore', 'pipe', stderr], encoding: 'utf8' },
    );
    expect({ stdout, status }).toEqual({ stdout: 'still here, true\n', status: 0 });
  } finally {
    closeSync(stderr);
  }
});
