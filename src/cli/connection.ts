/** Where the server is and with which key: the environment, else `cli.json`, which the server writes at start. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CliSettings } from '../config.ts';
import { CliError, EXIT } from './command.ts';
import { textMember } from './json.ts';

export interface Connection {
  readonly url: string;
  readonly apiKey: string | undefined;
}

export interface CliFile {
  readonly url?: string;
  readonly apiKey?: string;
  /** Of the embedded PostgreSQL, password included: for the backup, which is made on the same machine. */
  readonly databaseUrl?: string;
}

const FILE_NAME = 'cli.json';
/** The installation that this command belongs to, whatever folder it is called from. */
const PROJECT_DIR = join(import.meta.dirname, '..', '..');

/**
 * Finds the server. The key of cli.json is sent to no other address than the one it was written for. Errors: CliError
 * `unreachable` when nothing says where the server is.
 */
export function findConnection(settings: CliSettings): Connection {
  const file = readCliFile(settings);
  const url = settings.url ?? file.url;
  if (url === undefined)
    throw new CliError(
      EXIT.unreachable,
      `No server is known here. Start one with "comptoir start", or set COMPTOIR_URL and COMPTOIR_API_KEY. (Looked for ${join(settings.dataDir, FILE_NAME)}.)`,
    );
  const ownKey = sameOrigin(url, file.url) ? file.apiKey : undefined;
  return { url, apiKey: settings.apiKey ?? ownKey };
}

function sameOrigin(left: string, right: string | undefined): boolean {
  const [first, second] = [URL.parse(left), URL.parse(right ?? '')];
  return first !== null && first.origin === second?.origin;
}

/** What the server that runs here wrote at its start; empty when there is nothing to read. */
export function readCliFile(settings: CliSettings): CliFile {
  const folders = settings.dataDirChosen
    ? [settings.dataDir]
    : [settings.dataDir, join(PROJECT_DIR, '.comptoir')];
  for (const folder of folders) {
    const content = parsed(join(folder, FILE_NAME));
    if (content !== undefined) return content;
  }
  return {};
}

function parsed(path: string): CliFile | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const [url, apiKey, databaseUrl] = ['url', 'apiKey', 'databaseUrl'].map((name) =>
      textMember(value, name),
    );
    return {
      ...(url === undefined ? {} : { url }),
      ...(apiKey === undefined ? {} : { apiKey }),
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
    };
  } catch {
    // A missing, unreadable or broken file says as little as none; the caller tells what to set instead.
    return undefined;
  }
}

/**
 * Writes cli.json for the user who starts the server, readable by nobody else. Without a new key the one already there
 * stays. The file appears whole or not at all.
 */
export function writeCliFile(
  dataDir: string,
  content: { url: string; apiKey: string | undefined; databaseUrl: string | undefined },
): void {
  const path = join(dataDir, FILE_NAME);
  const apiKey = content.apiKey ?? parsed(path)?.apiKey;
  // JSON leaves out what is undefined.
  const body = { url: content.url, apiKey, databaseUrl: content.databaseUrl };
  mkdirSync(dataDir, { recursive: true });
  const draft = `${path}.${process.pid}`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${JSON.stringify(body, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(draft, path);
}
