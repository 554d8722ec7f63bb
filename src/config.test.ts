import { describe, expect, test } from 'vitest';
import { ConfigError, loadCliSettings, loadConfig, type RawEnvironment } from './config.ts';
import { configurationReference } from './config-reference.ts';
import { VARIABLES } from './config-schema.ts';
import { closestWord } from './config-closest-word.ts';

const problemsOf = (raw: RawEnvironment, files: Record<string, string> = {}): readonly string[] => {
  try {
    loadConfig(raw, readerOf(files));
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

const readerOf = (files: Record<string, string>) => (path: string) => {
  const content = files[path];
  if (content === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
  return content;
};

describe('loadConfig', () => {
  test('an empty environment gives the embedded profile with documented defaults', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      profile: 'embedded',
      postgres: { kind: 'embedded' },
      http: { host: '127.0.0.1', port: 8080, trustedProxies: [] },
      demo: true,
      logLevel: 'info',
      dedupe: { windowSeconds: 3600, keysMax: 50_000_000 },
      tracing: false,
    });
    expect(config.data.chosen).toBe(false);
    expect(config.data.dir).toMatch(/\.comptoir$/);
    expect([...config.roles]).toEqual(['http', 'projections', 'jobs', 'documents']);
  });

  test('a database URL without a profile means single', () => {
    const config = loadConfig({ COMPTOIR_DATABASE_URL: 'postgres://u:p@db:5432/comptoir' });
    expect(config.profile).toBe('single');
    expect(config.postgres).toEqual({ kind: 'external', url: 'postgres://u:p@db:5432/comptoir' });
  });

  test('single and scaled need a database URL and embedded refuses one', () => {
    expect(problemsOf({ COMPTOIR_PROFILE: 'single' })).toEqual([
      'COMPTOIR_PROFILE is single, which needs COMPTOIR_DATABASE_URL.',
    ]);
    expect(problemsOf({ COMPTOIR_PROFILE: 'scaled' })).toHaveLength(1);
    expect(
      problemsOf({ COMPTOIR_PROFILE: 'embedded', COMPTOIR_DATABASE_URL: 'postgres://db/x' }),
    ).toEqual([expect.stringContaining('Remove one of them')]);
  });

  test('an unknown variable is refused with the closest known name', () => {
    expect(problemsOf({ COMPTOIR_HTTP_PROT: '80' })).toEqual([
      'COMPTOIR_HTTP_PROT is not known. Did you mean COMPTOIR_HTTP_PORT?',
    ]);
    expect(problemsOf({ COMPTOIR_LOG_LEVEL_FILE: '/x' })).toHaveLength(1);
    expect(problemsOf({ HOME: '/x', PATH: '/y' })).toEqual([]);
  });

  test('every fault is listed in one message and secrets are not repeated', () => {
    const problems = problemsOf({
      COMPTOIR_HTTP_PORT: '80x',
      COMPTOIR_LOG_LEVEL: 'loud',
      COMPTOIR_ROLES: 'http,cook',
      COMPTOIR_TRUSTED_PROXIES: '10.0.0.0/33',
      COMPTOIR_DEDUPE_WINDOW: '1.5',
      COMPTOIR_DEDUPE_KEYS: '-1',
      COMPTOIR_DEMO: 'yes',
      COMPTOIR_ADMIN_API_KEY: 'short-secret',
      COMPTOIR_NONSENSE: '1',
    });
    expect(problems).toHaveLength(9);
    expect(problems.join('\n')).toContain(
      'COMPTOIR_HTTP_PORT must be a whole number from 0 to 65535. It is "80x".',
    );
    expect(problems.join('\n')).not.toContain('short-secret');
  });

  test('a secret comes from its file without the line break at the end', () => {
    const config = loadConfig(
      { COMPTOIR_ADMIN_API_KEY_FILE: '/run/key' },
      readerOf({ '/run/key': `${'k'.repeat(24)}\n` }),
    );
    expect(config.admin.apiKey).toBe('k'.repeat(24));
  });

  test('a missing, empty or doubled secret file is refused by name', () => {
    expect(problemsOf({ COMPTOIR_MASTER_KEY_FILE: '/gone' })).toEqual([
      expect.stringContaining('cannot be read (ENOENT)'),
    ]);
    expect(problemsOf({ COMPTOIR_MASTER_KEY_FILE: '/empty' }, { '/empty': '\n' })).toEqual([
      expect.stringContaining('names an empty file'),
    ]);
    expect(
      problemsOf({ COMPTOIR_MASTER_KEY: 'm'.repeat(32), COMPTOIR_MASTER_KEY_FILE: '/f' }),
    ).toEqual([expect.stringContaining('are both set')]);
  });

  test('an empty value counts as not given', () => {
    const config = loadConfig({
      COMPTOIR_HTTP_PORT: '',
      COMPTOIR_DATABASE_URL: '',
      COMPTOIR_DATA_DIR: '',
    });
    expect(config.http.port).toBe(8080);
    expect(config.profile).toBe('embedded');
    expect(config.data.chosen).toBe(false);
  });

  test('lists are split at commas and trimmed', () => {
    const config = loadConfig({
      COMPTOIR_ROLES: 'http, jobs',
      COMPTOIR_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
      COMPTOIR_HTTP_PORT: '0',
    });
    expect([...config.roles]).toEqual(['http', 'jobs']);
    expect(config.http.trustedProxies).toEqual(['10.0.0.0/8', '::1']);
    expect(config.http.port).toBe(0);
  });

  test('entries of the audit trail are kept for years, or as long as is set within bounds', () => {
    expect(loadConfig({}).audit.keptDays).toEqual({ audit: 2562, security: 732, access: 366 });
    const set = {
      COMPTOIR_AUDIT_CHANGES_DAYS: '3660',
      COMPTOIR_AUDIT_REFUSALS_DAYS: '180',
      COMPTOIR_AUDIT_READS_DAYS: '90',
    };
    const keptDays = { audit: 3660, security: 180, access: 90 };
    expect(loadConfig(set).audit.keptDays).toEqual(keptDays);
    for (const [name, value] of [
      ['COMPTOIR_AUDIT_CHANGES_DAYS', '365'],
      ['COMPTOIR_AUDIT_REFUSALS_DAYS', '179'],
      ['COMPTOIR_AUDIT_READS_DAYS', '0'],
      ['COMPTOIR_AUDIT_READS_DAYS', '-1'],
      ['COMPTOIR_AUDIT_CHANGES_DAYS', '4027'],
    ] as const)
      expect(() => loadConfig({ [name]: value }), name).toThrow(`${name} must be a whole number`);
  });

  test('only addresses of the own network may be listed for webhooks', () => {
    const allow = (text: string) => loadConfig({ COMPTOIR_WEBHOOK_ALLOW: text }).webhooks.allow;
    expect(loadConfig({}).webhooks.allow).toEqual([]);
    expect(allow('10.1.0.0/16, fd12::/32,127.0.0.1')).toEqual([
      '10.1.0.0/16',
      'fd12::/32',
      '127.0.0.1',
    ]);
    for (const wrong of ['8.8.8.8', '0.0.0.0/0', '::/0', '169.254.0.0/16', '10.0.0.0/40', 'lan'])
      expect(() => allow(wrong), wrong).toThrow('COMPTOIR_WEBHOOK_ALLOW must be');
  });

  test('tracing follows the standard variables of OpenTelemetry', () => {
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };
    expect(loadConfig(endpoint).tracing).toBe(true);
    expect(loadConfig({ ...endpoint, OTEL_SDK_DISABLED: 'true' }).tracing).toBe(false);
  });
});

describe('loadCliSettings', () => {
  test('reads the address without its closing slash and ignores faults of server variables', () => {
    const settings = loadCliSettings({ COMPTOIR_URL: 'http://h:1/', COMPTOIR_PROFILE: 'nonsense' });
    expect(settings.url).toBe('http://h:1');
    expect(settings.colour).toBe(true);
  });

  test('a wrong address is refused', () => {
    expect(() => loadCliSettings({ COMPTOIR_URL: 'h:1' })).toThrow(ConfigError);
  });

  test('NO_COLOR and a dumb terminal turn colour off', () => {
    expect(loadCliSettings({ NO_COLOR: '1' }).colour).toBe(false);
    expect(loadCliSettings({ TERM: 'dumb' })).toMatchObject({ colour: false, animation: false });
  });
});

test('the reference names every variable and the form with _FILE of every secret', () => {
  const text = configurationReference();
  for (const { name, secret, description, expects } of VARIABLES) {
    expect(text).toContain(`\`${name}\``);
    expect(text.includes(`\`${name}_FILE\``)).toBe(secret === true);
    expect(description.length).toBeGreaterThan(10);
    expect(expects.length).toBeGreaterThan(3);
  }
});

test('the closest word is found within two fifths of the length, else none', () => {
  expect(closestWord('evnts', ['events', 'tail'])).toBe('events');
  expect(closestWord('banana', ['events', 'tail'])).toBeUndefined();
});
