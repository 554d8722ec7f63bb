/**
 * The configuration of a process: the environment read once, checked whole, and turned into what the profile derives.
 * This is the only file that reads `process.env`.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Value } from 'typebox/value';
import {
  ENVIRONMENT,
  type LOG_LEVELS,
  type PROFILES,
  ROLES,
  VARIABLES,
  type Environment,
} from './config-schema.ts';
import { isAddressOrRange, isInsideRange } from './config-addresses.ts';
import { closestWord } from './config-closest-word.ts';

export type Profile = (typeof PROFILES)[number];
export type Role = (typeof ROLES)[number];
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Environment variables as the operating system hands them over. */
export type RawEnvironment = Readonly<Record<string, string | undefined>>;

export interface Config {
  readonly profile: Profile;
  readonly roles: ReadonlySet<Role>;
  readonly data: {
    /** Absolute path. */
    readonly dir: string;
    /** Whether COMPTOIR_DATA_DIR was given: a chosen folder is never swapped for another. */
    readonly chosen: boolean;
  };
  readonly postgres:
    { readonly kind: 'embedded' } | { readonly kind: 'external'; readonly url: string };
  /** Most database connections of this process. */
  readonly connectionsMax: number;
  readonly keys:
    | { readonly kind: 'directory'; readonly path: string }
    | { readonly kind: 'database'; readonly url: string };
  readonly masterKey: string | undefined;
  /** The one it takes the place of. */
  readonly masterKeyOld: string | undefined;
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** IP addresses and CIDR ranges. */
    readonly trustedProxies: readonly string[];
  };
  readonly webhooks: {
    /** Addresses and CIDR ranges of the own network that webhooks may reach. */
    readonly allow: readonly string[];
  };
  readonly audit: {
    /** Days that entries of each class are kept at least. */
    readonly keptDays: {
      readonly audit: number;
      readonly security: number;
      readonly access: number;
    };
  };
  readonly demo: boolean;
  readonly logLevel: LogLevel;
  readonly dedupe: { readonly windowSeconds: number; readonly keysMax: number };
  readonly admin: {
    readonly email: string | undefined;
    readonly password: string | undefined;
    readonly apiKey: string | undefined;
  };
  readonly messaging: MessagingConfig;
  /** Whether an OpenTelemetry SDK was asked for by its own standard variables. */
  readonly tracing: boolean;
}

/** Undefined: what needs it is not done. */
export interface MessagingConfig {
  /** Without a slash at its end. */
  readonly publicUrl: string | undefined;
  readonly whatsapp: {
    readonly url: string;
    readonly token: string | undefined;
    readonly appSecret: string | undefined;
    readonly verifyToken: string | undefined;
  };
  /** Tokens of senders by name. */
  readonly senderSecrets: ReadonlyMap<string, string>;
  readonly smtpUrl: string | undefined;
  readonly bounceToken: string | undefined;
}

/** What the command line needs to reach a server. */
export interface CliSettings {
  readonly url: string | undefined;
  readonly apiKey: string | undefined;
  /** Absolute path. */
  readonly dataDir: string;
  readonly dataDirChosen: boolean;
  readonly colour: boolean;
  /** False on a terminal that cannot move its cursor. */
  readonly animation: boolean;
  /** Where npm was called from, since npm scripts run in the project's folder; else undefined. */
  readonly callerDir: string | undefined;
}

/** The environment cannot be used; `problems` holds one sentence for each fault found. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.problems = problems;
  }
}

/**
 * What a profile derives. Connections: the embedded server keeps 20 for one process and leaves room for backup and a
 * person with psql; a shared server is divided among several processes.
 */
export const PROFILE_TABLE = {
  embedded: { database: 'embedded', connectionsMax: 20 },
  single: { database: 'external', connectionsMax: 20 },
  scaled: { database: 'external', connectionsMax: 10 },
} as const satisfies Record<Profile, { database: 'embedded' | 'external'; connectionsMax: number }>;

/** A secret of more than this is a wrong file, not a secret. */
const SECRET_FILE_BYTES_MAX = 65_536;

type ReadFile = (path: string) => string;

/** The environment of this process. */
export function processEnvironment(): RawEnvironment {
  return process.env;
}

/**
 * Reads and checks the whole configuration. Secrets may come from files named by `NAME_FILE`. Errors: ConfigError that
 * lists every unknown name, every wrong value and every contradiction at once.
 */
export function loadConfig(raw: RawEnvironment, readFile: ReadFile = readSecretFile): Config {
  const problems: string[] = [];
  const values = readVariables(raw, readFile, problems);
  const roles = rolesOf(values.COMPTOIR_ROLES, problems);
  const trustedProxies = list(values.COMPTOIR_TRUSTED_PROXIES).filter((word) => word !== 'none');
  if (!trustedProxies.every(isAddressOrRange)) problems.push(wrong('COMPTOIR_TRUSTED_PROXIES'));
  const allow = list(values.COMPTOIR_WEBHOOK_ALLOW).filter((word) => word !== 'none');
  if (!allow.every(isInsideRange)) problems.push(wrong('COMPTOIR_WEBHOOK_ALLOW'));
  const url = values.COMPTOIR_DATABASE_URL;
  const profile = values.COMPTOIR_PROFILE ?? (url === undefined ? 'embedded' : 'single');
  const derived = PROFILE_TABLE[profile];
  const postgres = postgresOf({ profile, url, kind: derived.database }, problems);
  const messaging = messagingOf(values, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  const dataDir = resolve(values.COMPTOIR_DATA_DIR);
  const keysUrl = values.COMPTOIR_KEYS_URL;
  return {
    profile,
    roles,
    data: { dir: dataDir, chosen: given(raw, 'COMPTOIR_DATA_DIR') },
    postgres,
    connectionsMax: derived.connectionsMax,
    keys:
      keysUrl === undefined
        ? { kind: 'directory', path: resolve(dataDir, 'keys') }
        : { kind: 'database', url: keysUrl },
    masterKey: values.COMPTOIR_MASTER_KEY,
    masterKeyOld: values.COMPTOIR_MASTER_KEY_OLD,
    http: { host: values.COMPTOIR_HTTP_HOST, port: values.COMPTOIR_HTTP_PORT, trustedProxies },
    webhooks: { allow },
    audit: {
      keptDays: {
        audit: values.COMPTOIR_AUDIT_CHANGES_DAYS,
        security: values.COMPTOIR_AUDIT_REFUSALS_DAYS,
        access: values.COMPTOIR_AUDIT_READS_DAYS,
      },
    },
    demo: values.COMPTOIR_DEMO === 'on',
    logLevel: values.COMPTOIR_LOG_LEVEL,
    dedupe: {
      windowSeconds: values.COMPTOIR_DEDUPE_WINDOW,
      keysMax: values.COMPTOIR_DEDUPE_KEYS,
    },
    admin: {
      email: values.COMPTOIR_ADMIN_EMAIL,
      password: values.COMPTOIR_ADMIN_PASSWORD,
      apiKey: values.COMPTOIR_ADMIN_API_KEY,
    },
    messaging,
    tracing: tracingAsked(raw),
  };
}

const WHATSAPP_URL = 'https://graph.facebook.com/v23.0';

function messagingOf(values: Environment, problems: string[]): MessagingConfig {
  return {
    publicUrl: values.COMPTOIR_PUBLIC_URL?.replace(/\/+$/, ''),
    whatsapp: {
      url: values.COMPTOIR_WHATSAPP_URL?.replace(/\/+$/, '') ?? WHATSAPP_URL,
      token: values.COMPTOIR_WHATSAPP_TOKEN,
      appSecret: values.COMPTOIR_WHATSAPP_APP_SECRET,
      verifyToken: values.COMPTOIR_WHATSAPP_VERIFY_TOKEN,
    },
    senderSecrets: secretsOf(values.COMPTOIR_SENDER_SECRETS, problems),
    smtpUrl: values.COMPTOIR_SMTP_URL,
    bounceToken: values.COMPTOIR_BOUNCE_TOKEN,
  };
}

function secretsOf(text: string | undefined, problems: string[]): ReadonlyMap<string, string> {
  if (text === undefined) return new Map();
  try {
    // safe because the texts among its members are all that is taken, and anything else is a problem
    const entries = Object.entries(JSON.parse(text) as Record<string, unknown>);
    if (entries.every((entry): entry is [string, string] => typeof entry[1] === 'string'))
      return new Map(entries);
  } catch {
    // Said below, without the text, which is a secret.
  }
  problems.push(wrong('COMPTOIR_SENDER_SECRETS'));
  return new Map();
}

/**
 * Reads what the command line needs and checks only that. A server's variables may be wrong on the machine of
 * somebody who talks to another one. Errors: ConfigError.
 */
export function loadCliSettings(
  raw: RawEnvironment,
  readFile: ReadFile = readSecretFile,
): CliSettings {
  const problems: string[] = [];
  const values = readVariables(raw, readFile, problems);
  const own = problems.filter((line) => /COMPTOIR_(URL|API_KEY|DATA_DIR)\b/.test(line));
  if (own.length > 0) throw new ConfigError(own);
  return {
    url: values.COMPTOIR_URL?.replace(/\/+$/, ''),
    apiKey: values.COMPTOIR_API_KEY,
    dataDir: resolve(values.COMPTOIR_DATA_DIR),
    dataDirChosen: given(raw, 'COMPTOIR_DATA_DIR'),
    colour: !given(raw, 'NO_COLOR') && raw['TERM'] !== 'dumb',
    animation: raw['TERM'] !== 'dumb',
    callerDir: given(raw, 'INIT_CWD') ? raw['INIT_CWD'] : undefined,
  };
}

function readVariables(raw: RawEnvironment, readFile: ReadFile, problems: string[]): Environment {
  const read: Record<string, string | number | undefined> = {};
  for (const variable of VARIABLES) {
    const value = valueOf({ raw, readFile, problems }, variable.name, variable.secret === true);
    if (value !== undefined)
      read[variable.name] = typeof variable.default === 'number' ? numberOf(value) : value;
    else if (variable.default !== undefined) read[variable.name] = variable.default;
  }
  problems.push(...unknownNames(raw));
  const faulty = new Set(
    [...Value.Errors(ENVIRONMENT, read)].map((error) => error.instancePath.slice(1)),
  );
  for (const name of faulty) {
    problems.push(wrong(name, read[name]));
    read[name] = VARIABLES.find((variable) => variable.name === name)?.default;
    if (read[name] === undefined) delete read[name];
  }
  // safe because everything the schema refused was just replaced by its default or removed, and problems say so.
  return read as unknown as Environment;
}

interface Source {
  readonly raw: RawEnvironment;
  readonly readFile: ReadFile;
  readonly problems: string[];
}

/** An empty value counts as not given, as in compose files where a variable is passed on unset. */
function given(raw: RawEnvironment, name: string): boolean {
  return (raw[name] ?? '') !== '';
}

function valueOf(source: Source, name: string, secret: boolean): string | undefined {
  const { raw, readFile, problems } = source;
  const fileName = `${name}_FILE`;
  const path = raw[fileName];
  if (!secret || path === undefined || path === '') return given(raw, name) ? raw[name] : undefined;
  if (given(raw, name)) {
    problems.push(`${name} and ${fileName} are both set. Keep one of them.`);
    return undefined;
  }
  try {
    // Editors and `echo` end a file with a line break that is no part of the secret.
    const value = readFile(path).replace(/[\r\n]+$/, '');
    if (value !== '') return value;
    problems.push(`${fileName} names an empty file, ${path}. Write the secret into it.`);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    problems.push(
      `${fileName} names ${path}, which cannot be read (${reason}). Correct the path or its permissions.`,
    );
  }
  return undefined;
}

function readSecretFile(path: string): string {
  return readFileSync(path, 'utf8').slice(0, SECRET_FILE_BYTES_MAX);
}

function numberOf(value: string): number | string {
  return /^\d{1,15}$/.test(value) ? Number(value) : value;
}

function unknownNames(raw: RawEnvironment): string[] {
  const known = VARIABLES.flatMap(({ name, secret }) =>
    secret === true ? [name, `${name}_FILE`] : [name],
  );
  return (
    Object.keys(raw)
      .filter((name) => name.startsWith('COMPTOIR_') && !known.includes(name))
      // Settings of the test suite, which may be exported in the shell that starts a server.
      .filter((name) => !name.startsWith('COMPTOIR_TEST_'))
      .sort()
      .map((name) => {
        const near = closestWord(name, known);
        return `${name} is not known.${near === undefined ? ' Remove it.' : ` Did you mean ${near}?`}`;
      })
  );
}

/** One sentence; a secret's value is never repeated. */
function wrong(name: string, value?: string | number): string {
  const variable = VARIABLES.find((each) => each.name === name);
  const shown = variable?.secret === true || value === undefined ? '' : ` It is "${value}".`;
  return `${name} must be ${variable?.expects ?? 'a known value'}.${shown}`;
}

function postgresOf(
  asked: { profile: Profile; url: string | undefined; kind: 'embedded' | 'external' },
  problems: string[],
): Config['postgres'] {
  if (asked.kind === 'embedded') {
    if (asked.url !== undefined)
      problems.push(
        'COMPTOIR_PROFILE is embedded, which brings its own PostgreSQL, and COMPTOIR_DATABASE_URL is set too. Remove one of them.',
      );
    return { kind: 'embedded' };
  }
  if (asked.url === undefined && !problems.some((line) => line.includes('COMPTOIR_DATABASE_URL')))
    problems.push(`COMPTOIR_PROFILE is ${asked.profile}, which needs COMPTOIR_DATABASE_URL.`);
  return { kind: 'external', url: asked.url ?? '' };
}

function list(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function rolesOf(value: string | undefined, problems: string[]): ReadonlySet<Role> {
  if (value === undefined) return new Set(ROLES);
  const words = list(value);
  if (words.length === 0 || !words.every(isRole)) problems.push(wrong('COMPTOIR_ROLES', value));
  return new Set(words.filter(isRole));
}

function isRole(word: string): word is Role {
  return ROLES.some((role) => role === word);
}

/** The standard variables of OpenTelemetry, so that one setting serves every program of an installation. */
function tracingAsked(raw: RawEnvironment): boolean {
  if (raw['OTEL_SDK_DISABLED'] === 'true' || raw['OTEL_TRACES_EXPORTER'] === 'none') return false;
  return (
    given(raw, 'OTEL_TRACES_EXPORTER') ||
    given(raw, 'OTEL_EXPORTER_OTLP_ENDPOINT') ||
    given(raw, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT')
  );
}
