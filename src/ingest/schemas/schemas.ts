/** The service behind PUT and GET /v1/schemas/{type}/{version}, and the judge of events for ingest. */
import { Failure } from '../../core/errors.ts';
import type { EventDraft } from '../../core/event.ts';
import type { PersonalMarks } from '../../core/event-type.ts';
import type { Logger } from '../../core/logger.ts';
import type { MetricRegistry } from '../../core/metrics.ts';
import type { LogReader } from '../../log/log.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { createQuality, type Quality, type QualityReport } from './quality.ts';
import { createSchemaCompiler } from './schema-compiler.ts';
import {
  canonicalText,
  checkSchemaName,
  parseDefinition,
  type SchemaName,
  type RegisteredSchema,
} from './schema-definition.ts';
import { createSchemaRegistry, type SchemaSubject } from './schema-registry.ts';
import {
  countSchemas,
  insertSchema,
  raiseRevision,
  readSchema,
  type SchemaKey,
} from './schema-rows.ts';

/** Versions of all types of one tenant: bounds what every process holds in memory for it to some megabytes. */
export const SCHEMAS_PER_TENANT_MAX = 200;

export interface SchemaViolation {
  readonly version: string;
  /** What does not match, without values of the data. */
  readonly detail: string;
}

/** Judges one event: what is wrong when a strict schema applies and refuses it, else null. Counts either way. */
export type SchemaJudge = (draft: EventDraft) => SchemaViolation | null;

export type MarksOf = (event: SchemaSubject) => PersonalMarks | undefined;

export interface Schemas {
  start(): Promise<void>;
  stop(): Promise<void>;
  /**
   * Registers a version; the same content again changes nothing. `body` is the parsed JSON of the request.
   * Errors: INPUT_INVALID, TOO_LARGE, SCHEMA_EXISTS, UNAVAILABLE.
   */
  put(
    tenant: string,
    name: SchemaName,
    body: unknown,
  ): Promise<{ created: boolean; schema: RegisteredSchema }>;
  /** Errors: NOT_FOUND. */
  get(tenant: string, name: SchemaName): Promise<RegisteredSchema>;
  /** Undefined while the tenant has no schema: the price of the feature for everybody else is this one look. */
  judgeOf(tenant: string): SchemaJudge | undefined;
  /**
   * Says which fields of an event are personal; undefined while no schema of the tenant marks any. An event without a
   * schema has no marks; those of a schema that marks nothing are empty.
   */
  marksOf(tenant: string): MarksOf | undefined;
  /** The same for one event, whether or not anything is marked. */
  marksFor(tenant: string, event: SchemaSubject): PersonalMarks | undefined;
  /** Counters of checks by type since the beginning, those not yet written included for this process. */
  qualityReport(tenant: string): Promise<QualityReport>;
  /** Makes what other processes registered effective here now; otherwise it takes up to half a second. */
  refresh(): Promise<void>;
}

export interface SchemasDependencies {
  readonly database: Database;
  readonly log: Pick<LogReader, 'bucketOf'>;
  readonly metrics: MetricRegistry;
  readonly logger?: Logger;
}

export function createSchemas(dependencies: SchemasDependencies): Schemas {
  const { database, log, metrics } = dependencies;
  const compiler = createSchemaCompiler();
  const registry = createSchemaRegistry({ ...dependencies, compiler });
  const quality: Quality = createQuality(dependencies);
  const violations = metrics.counter({
    name: 'comptoir_schema_violations_total',
    help: 'Events that did not match the schema of their type, by its mode.',
    labels: ['mode'],
  });

  function judge(
    tenant: string,
    schema: RegisteredSchema,
    draft: EventDraft,
  ): SchemaViolation | null {
    const { failed, detail } = registry.checkOf(schema)(draft);
    quality.count({ tenant, type: schema.type }, { failed, hasRules: schema.rules.length > 0 });
    if (failed.length === 0) return null;
    violations.add(1, { mode: schema.mode });
    return schema.mode === 'strict' ? { version: schema.version, detail } : null;
  }

  return {
    async start() {
      await registry.start();
      quality.start();
    },
    async stop() {
      await registry.stop();
      await quality.stop();
    },
    async put(tenant, name, body) {
      checkSchemaName(name);
      const definition = parseDefinition(body);
      // Compiled once here, so that a schema that cannot work is refused now and not at the first event.
      compiler.compile(definition);
      const key: SchemaKey = { bucket: log.bucketOf(tenant), tenant, ...name };
      const created = await register(database, key, canonicalText(definition));
      await registry.refresh();
      return { created, schema: await requireSchema(database, key) };
    },
    get: (tenant, name) =>
      requireSchema(database, { bucket: log.bucketOf(tenant), tenant, ...name }),
    judgeOf(tenant) {
      const schemas = registry.forTenant(tenant);
      if (schemas === undefined) return undefined;
      return (draft) => {
        const schema = schemas.schemaFor(draft);
        return schema === undefined ? null : judge(tenant, schema, draft);
      };
    },
    marksOf(tenant) {
      const schemas = registry.forTenant(tenant);
      if (schemas?.marksFields !== true) return undefined;
      return (event) => marksIn(schemas.schemaFor(event));
    },
    marksFor: (tenant, event) => marksIn(registry.forTenant(tenant)?.schemaFor(event)),
    qualityReport: (tenant) => quality.report(tenant),
    refresh: () => registry.refresh(),
  };
}

/** Without a pointer to the person the event's subject names them: a pointer to the whole finds nobody in an object. */
function marksIn(schema: RegisteredSchema | undefined): PersonalMarks | undefined {
  if (schema === undefined) return undefined;
  return { person: schema.person ?? '', fields: schema.personal };
}

/** False when the version was there with the same content. */
async function register(database: Database, key: SchemaKey, definition: string): Promise<boolean> {
  return database.transaction(async (tx) => {
    const revision = await raiseRevision(tx);
    const stored = await readSchema(tx, key);
    if (stored !== undefined) return sameOrRefuse(stored.schema, definition);
    if ((await countSchemas(tx, key)) >= SCHEMAS_PER_TENANT_MAX)
      throw new Failure('INPUT_INVALID', `A tenant has at most ${SCHEMAS_PER_TENANT_MAX} schemas.`);
    await insertSchema(tx, key, { revision, definition });
    return true;
  });
}

async function requireSchema(database: Database, key: SchemaKey): Promise<RegisteredSchema> {
  const row = await readSchema(database, key);
  if (row === undefined)
    throw new Failure('NOT_FOUND', 'There is no schema of this type and version.');
  return row.schema;
}

function sameOrRefuse(stored: RegisteredSchema, text: string): false {
  const { type, version, createdAt: _createdAt, ...definition } = stored;
  if (canonicalText(definition) === text) return false;
  throw new Failure(
    'SCHEMA_EXISTS',
    `Version ${version} of the schema of "${type}" exists with other content; register the change as another version.`,
  );
}
