/** Erasure and export of persons, wired to everything that keeps something of them. Part of the composition root. */
import { randomUUIDv7 } from 'node:crypto';
import type { Files } from './app-files.ts';
import type { Frame, FrameParts } from './app-frame.ts';
import { systemClock } from './core/clock.ts';
import type { ForgetsPersons } from './core/personal-data.ts';
import type { DeadLetters } from './ingest/dead-letters/dead-letters.ts';
import type { Schemas } from './ingest/schemas/schemas.ts';
import type { RunningDocuments } from './documents/documents.ts';
import { createErasure, type Erasure } from './personal-data/erase.ts';
import { withRelated } from './personal-data/erase-related.ts';
import type { ExportDependencies } from './personal-data/export.ts';
import { keptOfGuests, relatedPersons } from './modules/guests/index.ts';
import { scrub } from './platform/postgres/scrub.ts';

/** A person has a handful of rows in most models. */
const ROWS_PER_PAGE = 1_000;

export interface ErasureParts extends FrameParts {
  readonly frame: Frame;
  readonly schemas: Schemas;
  readonly deadLetters: DeadLetters;
  readonly files: Files;
  readonly documents: RunningDocuments;
  readonly messaging: ForgetsPersons;
}

export function openErasure(parts: ErasureParts): Erasure {
  const { storage, keys, log, frame, schemas, deadLetters, files, documents, messaging, logger } =
    parts;
  const { database, embedded } = storage;
  const erasure = createErasure({
    keys: keys.store,
    personal: keys.personal,
    personIds: keys.personIds,
    log,
    database,
    forgets: [frame.snapshots, frame.projections, deadLetters, files.blobs, documents, messaging],
    projections: frame.projections,
    marksOf: (tenant, event) => schemas.marksFor(tenant, event),
    keptOf: keptOfGuests(frame.projections),
    scrub: (tables) => scrub({ database, tables, own: embedded !== null }),
    clock: systemClock,
    newId: () => randomUUIDv7(),
    logger,
  });
  const known = { pipeline: frame.pipeline, projections: frame.projections, log };
  return withRelated(erasure, (tenant, personId) => relatedPersons(known, tenant, personId));
}

export function exportOf({
  log,
  keys,
  frame,
  deadLetters,
}: Omit<ErasureParts, 'messaging'>): ExportDependencies {
  const { personal } = keys;
  const models = frame.modules.flatMap(({ readModels }) => readModels);
  return {
    log,
    personal,
    related: (tenant, personId) => {
      const { pipeline, projections } = frame;
      return relatedPersons({ pipeline, projections, log }, tenant, personId);
    },
    letters: (tenant, personId) => {
      const reference = personal.referenceOf(tenant, personId);
      return deadLetters.about({ tenant, personId, reference });
    },
    async rows(tenant, personId) {
      const found = models.map(async (model) => {
        if (model.personal === 'none') return [];
        const { person } = model.personal;
        if (person === 'key') {
          const row = await frame.projections.reader(model).get({ tenant, key: personId });
          return row === null ? [] : [{ model: model.name, key: row.key, row: row.row }];
        }
        const byPerson = { ...model, list: { filters: { person }, order: [] } };
        const reader = frame.projections.reader(byPerson);
        const rows: { model: string; key: string; row: object }[] = [];
        for (let after: string | undefined, more = true; more;) {
          const filters = { person: personId };
          const page = await reader.list({ tenant, filters, limit: ROWS_PER_PAGE, after });
          rows.push(...page.items.map(({ key, row }) => ({ model: model.name, key, row })));
          ({ next: after, more } = page);
        }
        return rows;
      });
      return (await Promise.all(found)).flat();
    },
  };
}
