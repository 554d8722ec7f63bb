/**
 * Golden streams: events as a released version stored them, and the hash of the state they folded to. Every later
 * version must fold them to the same state, or raise the aggregate's stateVersion and record the new hash beside the
 * old one (`node tools/golden/main.ts accept`).
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Aggregate } from '../../src/core/aggregate.ts';
import { canonicalJson } from '../../src/core/canonical-json.ts';
import type { DecidedEvent } from '../../src/core/decision.ts';
import { upcast, wireType } from '../../src/core/event-type.ts';

export const GOLDEN_FOLDER = import.meta.dirname;

export interface GoldenEvent {
  /** CloudEvents type, with its version. */
  readonly type: string;
  /** RFC 3339. */
  readonly time: string;
  readonly data: unknown;
}

export interface GoldenStream {
  readonly category: string;
  readonly streams: readonly (readonly GoldenEvent[])[];
  /** SHA-256 of the canonical JSON of all states, by state version. */
  readonly hashes: Readonly<Record<string, string>>;
}

export interface GoldenFile {
  readonly release: string;
  readonly file: string;
  readonly golden: GoldenStream;
}

export function readGoldenFiles(folder = GOLDEN_FOLDER): readonly GoldenFile[] {
  const releases = readdirSync(folder, { withFileTypes: true }).filter((it) => it.isDirectory());
  return releases.flatMap(({ name: release }) =>
    readdirSync(path.join(folder, release)).map((name) => {
      const file = path.join(folder, release, name);
      // safe because the files were written by tools/golden
      return { release, file, golden: JSON.parse(readFileSync(file, 'utf8')) as GoldenStream };
    }),
  );
}

/** Folds every stream with today's upcasters and `evolve`. Throws on a type that no event type of today reads. */
export function stateHashOf(aggregate: Aggregate, golden: GoldenStream): string {
  const states = golden.streams.map((events) =>
    events.reduce<unknown>((state, event, index) => {
      const moment = { at: event.time, version: index + 1 };
      return aggregate.evolve(state, readGoldenEvent(aggregate, event), moment);
    }, aggregate.initialState),
  );
  return createHash('sha256').update(canonicalJson(states)).digest('hex');
}

export function readGoldenEvent(aggregate: Aggregate, event: GoldenEvent): DecidedEvent {
  for (const type of aggregate.events)
    for (let version = 1; version <= type.version; version += 1)
      if (wireType(type, version) === event.type)
        // safe because an upcaster gives data of the newest version
        return { type: type.name, data: upcast(type, version, event.data) as object };
  throw new TypeError(`no event type of ${aggregate.category} reads ${event.type}`);
}
