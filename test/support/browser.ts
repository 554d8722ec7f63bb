/** A real browser for tests: Debian's chromium, driven by playwright-core. Nothing is downloaded. */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const STANDARD = '/usr/bin/chromium';

/** Where the browser is; null where it is not installed. CHROMIUM_PATH names another one. */
export function browserPath(): string | null {
  const path = process.env['CHROMIUM_PATH'] ?? STANDARD;
  return existsSync(path) ? path : null;
}

/** Why browser tests are skipped here; null where they run: `test.skipIf(browserMissing() !== null)`. */
export function browserMissing(): string | null {
  if (browserPath() !== null) return null;
  const reason =
    'Browser tests are skipped: there is no chromium. Install it (Debian: `apt-get install chromium`) ' +
    'or name one in CHROMIUM_PATH.';
  // Said once, where whoever reads the report of the tests sees it.
  console.warn(reason);
  return reason;
}

/** Errors: says how to install the browser where it is not. Whoever opens it closes it. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = browserPath();
  if (executablePath === null) throw new Error(browserMissing() ?? 'there is no browser');
  // Containers run as root, where chromium has no sandbox of its own; what tests open are pages of this project.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, headless: true, args });
}
