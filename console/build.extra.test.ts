import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildInto } from './build.ts';

test('a build writes nothing into node_modules, which may belong to somebody else', async () => {
  // Where Vite puts a configuration that it bundles.
  const bundled = path.join(import.meta.dirname, '../node_modules/.vite-temp');
  mkdirSync(bundled, { recursive: true });
  const before = statSync(bundled).mtimeMs;
  const folder = mkdtempSync(path.join(tmpdir(), 'comptoir-console-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await buildInto(folder);
  expect(existsSync(path.join(folder, 'index.html'))).toBe(true);
  expect(statSync(bundled).mtimeMs).toBe(before);
}, 120_000);
