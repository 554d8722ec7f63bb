/**
 * Every environment variable that Comptoir knows, in the order of `docs/reference/configuration.md`, which is generated
 * from here. `config.ts` reads the environment with it; nothing else does.
 */
import { Type, type Static } from 'typebox';

export const PROFILES = ['embedded', 'single', 'scaled'] as const;
export const ROLES = ['http', 'projections', 'jobs', 'documents'] as const;
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** One hour: retries of a producer that was down for less are recognised without asking the key budget. */
const DEDUPE_WINDOW_SECONDS = 3600;
/** 31 days. A longer floor would bind memory and disk by time alone; COMPTOIR_DEDUPE_KEYS reaches further. */
const DEDUPE_WINDOW_SECONDS_MAX = 2_678_400;
const DEDUPE_KEYS = 50_000_000;
/** Two bytes of filter a key in memory: a thousand million keys are 2 GB, the most one process should promise. */
const DEDUPE_KEYS_MAX = 1_000_000_000;
/** A master key wraps data keys of 256 bits, so it must not be the weaker part. */
const MASTER_KEY_LENGTH_MIN = 32;

/**
 * Ages of the audit trail, leap days included, so that nothing goes a day early. Changes as long as tax law wants accounts
 * (five to ten years in the EU and Brazil), the rest shorter. Below the least an intruder who is found late could not be
 * traced (months lie between a break-in and its discovery); beyond the most no law asks for what tells of persons.
 */
const AUDIT_DAYS = {
  changes: { standard: 2562, min: 366 },
  refusals: { standard: 732, min: 180 },
  reads: { standard: 366, min: 90 },
};
const AUDIT_DAYS_MAX = 4026;

interface Words {
  /** What the variable does: one or two sentences. */
  readonly description: string;
  /** Completes "must be ..." in an error message. */
  readonly expects: string;
  /** Also readable from the file named by NAME_FILE; never shown. */
  readonly secret?: true;
  /** Shown in the reference where the default is not a plain value. */
  readonly shownDefault?: string;
}

const text = (words: Words, options: object = {}) =>
  Type.Optional(Type.String({ minLength: 1, ...options, ...words }));

const auditDays = (
  { standard, min }: { readonly standard: number; readonly min: number },
  description: string,
) =>
  Type.Integer({
    minimum: min,
    maximum: AUDIT_DAYS_MAX,
    default: standard,
    description,
    expects: `a whole number of days from ${min} to ${AUDIT_DAYS_MAX}`,
  });

const URL_PATTERN = '^https?://[^\\s/]+';
const PRINTABLE = '^[ -~]*$';

export const ENVIRONMENT = Type.Object({
  COMPTOIR_PROFILE: Type.Optional(
    Type.Enum([...PROFILES], {
      description:
        'One word for the size of the installation; the rest follows from it. `embedded` brings its own PostgreSQL, `single` and `scaled` need COMPTOIR_DATABASE_URL.',
      expects: `one of ${PROFILES.join(', ')}`,
      shownDefault: '`embedded`, or `single` when COMPTOIR_DATABASE_URL is set',
    }),
  ),
  COMPTOIR_ROLES: text({
    description: `What this process does, separated by commas: ${ROLES.join(', ')}.`,
    expects: `a comma-separated list of ${ROLES.join(', ')}`,
    shownDefault: 'all of them',
  }),
  COMPTOIR_DATA_DIR: Type.String({
    minLength: 1,
    default: './.comptoir',
    description:
      'The folder for everything that this installation keeps on disk, relative to where it is started.',
    expects: 'the path of a folder',
  }),
  COMPTOIR_DATABASE_URL: text(
    {
      description:
        'The PostgreSQL server to use instead of the embedded one, directly or through PgBouncer in transaction mode.',
      expects: 'a URL like postgres://user:password@host:5432/database',
      secret: true,
    },
    { pattern: '^postgres(ql)?://[^\\s]+' },
  ),
  COMPTOIR_KEYS_URL: text(
    {
      description:
        'Where the data keys of personal fields live: a database of their own, apart from the log and its backups.',
      expects: 'a URL like postgres://user:password@host:5432/keys',
      secret: true,
      shownDefault: 'the folder `keys` under COMPTOIR_DATA_DIR',
    },
    { pattern: '^postgres(ql)?://[^\\s]+' },
  ),
  COMPTOIR_HTTP_HOST: Type.String({
    minLength: 1,
    pattern: '^[^\\s/]+$',
    default: '127.0.0.1',
    description: 'The address to listen on; `0.0.0.0` or `::` opens it to the network.',
    expects: 'a host name or an IP address',
  }),
  COMPTOIR_HTTP_PORT: Type.Integer({
    minimum: 0,
    maximum: 65_535,
    default: 8080,
    description: 'The port to listen on; 0 takes a free one and says which.',
    expects: 'a whole number from 0 to 65535',
  }),
  COMPTOIR_TRUSTED_PROXIES: text({
    description:
      'Proxies whose X-Forwarded-For counts: IP addresses or ranges such as 10.0.0.0/8, separated by commas.',
    expects: 'a comma-separated list of IP addresses or ranges such as 10.0.0.0/8',
    shownDefault: 'none',
  }),
  COMPTOIR_WEBHOOK_ALLOW: text({
    description:
      'Addresses of your own network that webhooks may reach, by http and on any port too: IP addresses or ranges such as 10.1.0.0/16, separated by commas. Every tenant can register webhooks that reach them.',
    expects:
      'a comma-separated list of private or loopback IP addresses or ranges such as 10.1.0.0/16',
    shownDefault: 'none: webhooks reach public addresses only',
  }),
  COMPTOIR_MASTER_KEY: text(
    {
      description:
        'The key that wraps the data keys of personal fields. Keep a copy outside: without it they cannot be read.',
      expects: `at least ${MASTER_KEY_LENGTH_MIN} printable characters`,
      secret: true,
      shownDefault: 'made at first start and kept beside the data keys',
    },
    { minLength: MASTER_KEY_LENGTH_MIN, maxLength: 1024, pattern: PRINTABLE },
  ),
  COMPTOIR_MASTER_KEY_OLD: text(
    {
      description:
        'The master key that COMPTOIR_MASTER_KEY takes the place of: at start everything it wrapped is wrapped anew. Remove it afterwards.',
      expects: `at least ${MASTER_KEY_LENGTH_MIN} printable characters`,
      secret: true,
    },
    { minLength: MASTER_KEY_LENGTH_MIN, maxLength: 1024, pattern: PRINTABLE },
  ),
  COMPTOIR_DEMO: Type.Enum(['on', 'off'], {
    default: 'on',
    description: 'Whether the demo tenant is filled at first start.',
    expects: 'on or off',
  }),
  COMPTOIR_LOG_LEVEL: Type.Enum([...LOG_LEVELS], {
    default: 'info',
    description: "How much the server's own log says, as JSON lines on stderr.",
    expects: `one of ${LOG_LEVELS.join(', ')}`,
  }),
  COMPTOIR_DEDUPE_WINDOW: Type.Integer({
    minimum: 1,
    maximum: DEDUPE_WINDOW_SECONDS_MAX,
    default: DEDUPE_WINDOW_SECONDS,
    description: 'Seconds for which the key of an event is remembered whatever the rate.',
    expects: `a whole number of seconds from 1 to ${DEDUPE_WINDOW_SECONDS_MAX}`,
  }),
  COMPTOIR_DEDUPE_KEYS: Type.Integer({
    minimum: 0,
    maximum: DEDUPE_KEYS_MAX,
    default: DEDUPE_KEYS,
    description: 'How many of the newest keys are remembered beyond the window.',
    expects: `a whole number from 0 to ${DEDUPE_KEYS_MAX}`,
  }),
  COMPTOIR_AUDIT_CHANGES_DAYS: auditDays(
    AUDIT_DAYS.changes,
    'Days for which the audit trail keeps what was changed: roles, keys, settings, approvals.',
  ),
  COMPTOIR_AUDIT_REFUSALS_DAYS: auditDays(
    AUDIT_DAYS.refusals,
    'Days for which the audit trail keeps sign-ins and refusals.',
  ),
  COMPTOIR_AUDIT_READS_DAYS: auditDays(
    AUDIT_DAYS.reads,
    'Days for which the audit trail keeps who read personal data.',
  ),
  COMPTOIR_ADMIN_EMAIL: text(
    {
      description: 'The e-mail of the first login.',
      expects: 'an e-mail address',
      shownDefault: 'a login is made and printed once',
    },
    { maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' },
  ),
  COMPTOIR_ADMIN_PASSWORD: text(
    {
      description: 'The password of the first login.',
      expects: '8 to 1024 characters',
      secret: true,
      shownDefault: 'one is made and printed once',
    },
    { minLength: 8, maxLength: 1024 },
  ),
  COMPTOIR_ADMIN_API_KEY: text(
    {
      description:
        'The first key: tenant `default`, all scopes. Honoured only while no admin key exists.',
      expects: '24 to 200 printable characters',
      secret: true,
      shownDefault: 'one is made and printed once',
    },
    { minLength: 24, maxLength: 200, pattern: PRINTABLE },
  ),
  COMPTOIR_URL: text(
    {
      description: 'For the command line: the address of the running server.',
      expects: 'a URL like http://127.0.0.1:8080',
      shownDefault: 'what `cli.json` in COMPTOIR_DATA_DIR says',
    },
    { pattern: URL_PATTERN },
  ),
  COMPTOIR_API_KEY: text(
    {
      description: 'For the command line: the key to use.',
      expects: '1 to 200 printable characters',
      secret: true,
      shownDefault: 'what `cli.json` in COMPTOIR_DATA_DIR says',
    },
    { maxLength: 200, pattern: PRINTABLE },
  ),
  COMPTOIR_PUBLIC_URL: text(
    {
      description:
        'The address under which people outside reach this server; links in messages begin with it.',
      expects: 'a URL like https://bar.example',
      shownDefault: 'none: messages carry no links to this server',
    },
    { pattern: URL_PATTERN },
  ),
  COMPTOIR_WHATSAPP_URL: text(
    {
      description: 'The WhatsApp Cloud API, with its version.',
      expects: 'a URL like https://graph.facebook.com/v23.0',
      shownDefault: '`https://graph.facebook.com/v23.0`',
    },
    { pattern: URL_PATTERN },
  ),
  COMPTOIR_WHATSAPP_TOKEN: text(
    {
      description:
        'The access token of WhatsApp numbers whose secret is not among COMPTOIR_SENDER_SECRETS.',
      expects: '1 to 1000 printable characters',
      secret: true,
      shownDefault: 'none: nothing is sent by WhatsApp',
    },
    { maxLength: 1000, pattern: PRINTABLE },
  ),
  COMPTOIR_WHATSAPP_APP_SECRET: text(
    {
      description: 'The secret of the application, which webhooks of WhatsApp are signed with.',
      expects: '1 to 200 printable characters',
      secret: true,
      shownDefault: 'none: webhooks of WhatsApp are refused',
    },
    { maxLength: 200, pattern: PRINTABLE },
  ),
  COMPTOIR_WHATSAPP_VERIFY_TOKEN: text(
    {
      description: 'What WhatsApp names when it asks whether the address of webhooks is ours.',
      expects: '1 to 200 printable characters',
      secret: true,
      shownDefault: 'none: the address is not confirmed',
    },
    { maxLength: 200, pattern: PRINTABLE },
  ),
  COMPTOIR_SENDER_SECRETS: text(
    {
      description:
        'Tokens of senders by the name that each sender carries, as a JSON object such as {"front-desk":"TOKEN"}.',
      expects: 'a JSON object of texts',
      secret: true,
    },
    { pattern: '^\\s*\\{[\\s\\S]*\\}\\s*$' },
  ),
  COMPTOIR_SMTP_URL: text(
    {
      description: 'The server that takes e-mails to be sent.',
      expects: 'a URL like smtps://user:password@mail.example:465',
      secret: true,
      shownDefault: 'none: nothing is sent by e-mail',
    },
    { pattern: '^smtps?://[^\\s/]+' },
  ),
  COMPTOIR_BOUNCE_TOKEN: text(
    {
      description:
        'The token with which the mail server hands over what comes back (POST /public/bounces/{tenant}).',
      expects: '24 to 200 printable characters',
      secret: true,
      shownDefault: 'none: bounces are refused',
    },
    { minLength: 24, maxLength: 200, pattern: PRINTABLE },
  ),
  COMPTOIR_TEST_DATA: text({
    description: 'For the test suite: the folder with data that may not be shipped.',
    expects: 'the path of a folder',
    shownDefault: '`../shared/data`',
  }),
});

export type Environment = Static<typeof ENVIRONMENT>;

export interface Variable extends Words {
  readonly name: string;
  readonly default: string | number | undefined;
}

/** The variables in the order of the schema, with the words that stand in it. */
export const VARIABLES: readonly Variable[] = Object.entries(ENVIRONMENT.properties).map(
  ([name, schema]) => {
    // safe because every property above is written with the members of Words; the test reads each of them.
    const words = schema as unknown as Words & { default?: string | number };
    return {
      name,
      default: words.default,
      description: words.description,
      expects: words.expects,
      ...(words.secret === undefined ? {} : { secret: words.secret }),
      ...(words.shownDefault === undefined ? {} : { shownDefault: words.shownDefault }),
    };
  },
);
