/**
 * The schemas of all tenants in memory, kept current by a look at one row twice a second, so that a registration counts
 * in every process within two seconds and the hot path asks no database. A tenant without schemas costs one look into
 * a Map per request.
 *
 * Schemas are compiled when the first event of their type comes, and the newest COMPILED_MAX stay compiled.
 */
import type { EventDraft } from '../../core/event.ts';
import { silentLogger, type Logger } from '../../core/logger.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { SchemaCompiler, EventCheck } from './schema-compiler.ts';
import { readRevision, readSchemasSince, type SchemaRow } from './schema-rows.ts';
import type { RegisteredSchema } from './schema-definition.ts';

export interface TenantSchemas {
  /** The schema that applies to the event: the one its `dataschema` names, else the newest of its type. */
  schemaFor(draft: SchemaSubject): RegisteredSchema | undefined;
  /** Whether some schema marks personal fields. */
  readonly marksFields: boolean;
}

/** What of an event says which schema applies. */
export type SchemaSubject = Pick<EventDraft, 'type' | 'dataSchema'>;

export interface SchemaRegistry {
  /** Loads everything registered so far and begins to look for news. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Loads what was registered since the last look, by this or any other process. */
  refresh(): Promise<void>;
  forTenant(tenant: string): TenantSchemas | undefined;
  /** The compiled check of a schema that `forTenant` gave. */
  checkOf(schema: RegisteredSchema): EventCheck;
}

/** Half a second, so that with the query and the timer's slack a registration counts well within the promised 2 s. */
const POLL_MS = 500;
/** A compiled schema takes 10 to 100 kB; this bounds them to tens of megabytes at the very worst. */
const COMPILED_MAX = 500;

interface TypeSchemas {
  readonly byVersion: Map<string, RegisteredSchema>;
  readonly byId: Map<string, RegisteredSchema>;
  newest: RegisteredSchema;
}

export interface RegistryDependencies {
  readonly database: Database;
  readonly compiler: SchemaCompiler;
  readonly logger?: Logger;
}

export function createSchemaRegistry(dependencies: RegistryDependencies): SchemaRegistry {
  const { database, compiler, logger = silentLogger } = dependencies;
  const known = createKnownSchemas();
  let revision = 0n;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;

  async function load(): Promise<void> {
    if ((await readRevision(database)) === revision) return;
    for (const row of await readSchemasSince(database, revision)) {
      known.add(row);
      if (row.revision > revision) revision = row.revision;
    }
  }

  /** One look at a time; a caller that comes while one is under way needs the next. */
  async function refresh(): Promise<void> {
    while (looking !== undefined) await looking;
    looking = load().finally(() => {
      looking = undefined;
    });
    await looking;
  }

  async function poll(): Promise<void> {
    try {
      await refresh();
    } catch (error) {
      // What is known stays in force; the next look catches up.
      logger.debug('Looking for new schemas failed.', { error });
    }
    if (timer !== undefined) timer = setTimeout(() => void poll(), POLL_MS).unref();
  }

  return {
    async start() {
      await refresh();
      timer = setTimeout(() => void poll(), POLL_MS).unref();
    },
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      await looking?.catch(() => undefined);
    },
    refresh,
    forTenant: known.forTenant,
    checkOf: createCheckCache(compiler),
  };
}

function createKnownSchemas() {
  const tenants = new Map<string, Map<string, TypeSchemas>>();
  const faces = new Map<string, TenantSchemas>();

  function add({ tenant, schema }: SchemaRow): void {
    const types = tenants.get(tenant) ?? new Map<string, TypeSchemas>();
    tenants.set(tenant, types);
    const ofType = types.get(schema.type) ?? {
      byVersion: new Map(),
      byId: new Map(),
      newest: schema,
    };
    types.set(schema.type, ofType);
    ofType.byVersion.set(schema.version, schema);
    const id = typeof schema.schema === 'boolean' ? undefined : schema.schema['$id'];
    if (typeof id === 'string') ofType.byId.set(id, schema);
    ofType.newest = schema;
    const marksFields = schema.personal.length > 0 || (faces.get(tenant)?.marksFields ?? false);
    faces.set(tenant, { schemaFor: (draft) => schemaFor(types, draft), marksFields });
  }

  return { add, forTenant: (tenant: string) => faces.get(tenant) };
}

function createCheckCache(compiler: SchemaCompiler): (schema: RegisteredSchema) => EventCheck {
  const compiled = new Map<RegisteredSchema, EventCheck>();
  return (schema) => {
    let check = compiled.get(schema);
    if (check === undefined) {
      check = compiler.compile(schema);
      const [oldest] = compiled.keys();
      if (compiled.size >= COMPILED_MAX && oldest !== undefined) compiled.delete(oldest);
      compiled.set(schema, check);
    }
    return check;
  };
}

const PATH = '/v1/schemas/';

/** `dataschema` names a schema by the end of its address here, `/v1/schemas/{type}/{version}`, or by its `$id`. */
function schemaFor(
  types: Map<string, TypeSchemas>,
  draft: SchemaSubject,
): RegisteredSchema | undefined {
  const known = types.get(draft.type);
  if (known === undefined || draft.dataSchema === null) return known?.newest;
  const named = draft.dataSchema;
  const at = named.indexOf(PATH);
  const [type, version] = at < 0 ? [] : named.slice(at + PATH.length).split('/');
  const isOurs =
    type !== undefined && (type === draft.type || type === encodeURIComponent(draft.type));
  const byPath = isOurs ? known.byVersion.get(version ?? '') : undefined;
  return byPath ?? known.byId.get(named) ?? known.newest;
}
