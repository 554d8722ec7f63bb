/**
 * The baseline that the budgets compare with: a table as one would write it first (position primary key, id unique,
 * stream and version unique, data jsonb), filled by COPY in text form from Node over one connection, 5,000 rows a
 * transaction, which is the fastest ordinary way into such a table.
 *
 * Only what a copier has to do is charged: events are made before the clock starts, rendering them (JSON.stringify,
 * escaping) and sending them is inside.
 */
import pg from 'pg';
import { createTemplates, templateOf } from '../corpus/corpus.ts';
import type { Identity } from '../corpus/patch.ts';
import { idOf, identityOf, orderOf, patchEvent } from '../corpus/patch.ts';
import type { EventTemplate } from '../corpus/template.ts';
import type { CopyJob, CopyResult } from './messages.ts';

const ROWS_PER_TRANSACTION = 5_000;
/** 40,000 templates are not needed: no compression crosses rows here. */
const TEMPLATES = 10_000;

const TABLE = 'copy_rows';
/**
 * Autovacuum is off for this table, so that the baseline is not charged for it and none of it falls into a phase of
 * the log.
 */
const CREATE = `drop table if exists ${TABLE};
  create table ${TABLE} (
    position bigint primary key,
    id uuid not null unique,
    stream text not null,
    version bigint not null,
    data jsonb not null,
    unique (stream, version)
  ) with (autovacuum_enabled = off)`;

interface Row {
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly version: number;
  readonly data: unknown;
}

export interface Copier {
  run(job: CopyJob): Promise<CopyResult>;
}

export function createCopier(): Copier {
  let templates: readonly EventTemplate[] | undefined;
  return {
    async run(job) {
      templates ??= createTemplates(job.seed, TEMPLATES);
      const client = new pg.Client({ connectionString: job.url });
      await client.connect();
      try {
        await client.query(CREATE);
        return await copyFor(client, job, templates);
      } finally {
        await client.end();
      }
    },
  };
}

async function copyFor(
  client: pg.Client,
  job: CopyJob,
  templates: readonly EventTemplate[],
): Promise<CopyResult> {
  const identity = identityOf(job.seed, job.ids);
  let rows = 0;
  let busyMs = 0;
  let cpuMicros = 0;
  while (busyMs < job.seconds * 1000 && rows < (job.rowsMax ?? Infinity)) {
    const chunk = rowsFrom(templates, { identity, first: rows });
    const cpu = process.cpuUsage();
    const startMs = performance.now();
    await copyIn(client, renderRows(chunk));
    busyMs += performance.now() - startMs;
    const used = process.cpuUsage(cpu);
    cpuMicros += used.user + used.system;
    rows += chunk.length;
  }
  return {
    rows,
    seconds: busyMs / 1000,
    cpuSeconds: cpuMicros / 1e6,
    bytes: await sizeOf(client, rows),
  };
}

/** The next events as objects, the way a program has them before it writes them anywhere. */
function rowsFrom(
  templates: readonly EventTemplate[],
  range: { readonly identity: Identity; readonly first: number },
): Row[] {
  return Array.from({ length: ROWS_PER_TRANSACTION }, (_, index) => {
    const number = range.first + index;
    const template = templateOf(templates, number);
    const bytes = Buffer.from(template.bytes);
    patchEvent(bytes, 0, { slots: template.slots, identity: range.identity, number });
    return {
      position: number + 1,
      id: idOf(range.identity, number),
      stream: `orders/${orderOf(number)}`,
      version: (number % 4) + 1,
      data: JSON.parse(bytes.toString('utf8', template.dataStart, template.dataEnd)) as unknown,
    };
  });
}

/** Lines of COPY's text format: tabs between columns, a backslash doubled. */
export function renderRows(rows: readonly Row[]): Buffer {
  let text = '';
  for (const row of rows) {
    const json = JSON.stringify(row.data);
    const data = json.includes('\\') ? json.replaceAll('\\', '\\\\') : json;
    text += `${row.position}\t${row.id}\t${row.stream}\t${row.version}\t${data}\n`;
  }
  return Buffer.from(text);
}

/** The part of pg's connection that COPY needs; its typings leave it out. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** One COPY statement, which is one transaction: pg calls the handlers as the protocol's messages arrive. */
async function copyIn(client: pg.Client, chunk: Buffer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let failure: Error | undefined;
    const statement = {
      submit: (connection: CopyConnection) => connection.query(`copy ${TABLE} from stdin`),
      handleCopyInResponse: (connection: CopyConnection) => {
        connection.sendCopyFromChunk(chunk);
        connection.endCopyFrom();
      },
      handleError: (error: Error) => {
        failure = error;
        reject(error);
      },
      handleCommandComplete: () => {},
      handleReadyForQuery: () => {
        if (failure === undefined) resolve();
      },
    };
    // safe because pg calls nothing on a submittable beyond these handlers during a COPY FROM STDIN.
    client.query(statement as unknown as pg.Submittable);
  });
}

/** Size of table, indexes and TOAST; fails when rows are missing, since then nothing was measured. */
async function sizeOf(client: pg.Client, rows: number): Promise<number> {
  const { rows: answer } = await client.query<{ bytes: string; rows: string }>(
    `select pg_total_relation_size('${TABLE}') as bytes, (select count(*) from ${TABLE}) as rows`,
  );
  if (Number(answer[0]?.rows) !== rows) throw new Error('The baseline lost rows.');
  return Number(answer[0]?.bytes);
}
