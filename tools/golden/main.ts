/**
 * Writes golden streams (test/golden).
 *   node tools/golden/main.ts release 0.1.0   streams of every aggregate that has none for this release yet
 *   node tools/golden/main.ts accept          hashes for state versions that were raised
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Aggregate } from '../../src/core/aggregate.ts';
import type { CommandOf, CommandType } from '../../src/core/command-type.ts';
import { wireType } from '../../src/core/event-type.ts';
import { MODULES } from '../../src/modules/index.ts';
import { aroundWalk, heldAfter } from '../../test/support/module-surroundings.ts';
import {
  GOLDEN_FOLDER,
  readGoldenFiles,
  stateHashOf,
  type GoldenEvent,
  type GoldenStream,
} from '../../test/golden/golden.ts';
import { sampleOf } from './sample-data.ts';

const START_MS = Date.UTC(2026, 0, 1, 12);
const MINUTE_MS = 60_000;

const aggregates = MODULES.flatMap((module) => module.aggregates.map(({ aggregate }) => aggregate));

/** What commands decide, and every type of event twice, whether a command of an example leads to it or not. */
function streamsOf(aggregate: Aggregate): GoldenStream['streams'] {
  const decided = decidedStreams(aggregate).filter(({ length }) => length > 0);
  return [...decided, everyEvent(aggregate, 0), everyEvent(aggregate, 1)];
}

/** Made from the schemas: `evolve` is total, so any order of events has a state. */
function everyEvent({ events }: Aggregate, turn: number): GoldenEvent[] {
  return events.map((known, index) => ({
    type: wireType(known),
    time: new Date(START_MS + index * MINUTE_MS).toISOString(),
    data: sampleOf(known.data, turn),
  }));
}

/** One stream for each example of the creating command, on which every other command's examples follow. */
function decidedStreams(aggregate: Aggregate): readonly GoldenEvent[][] {
  const creating = aggregate.commands.filter(({ word }) => word === null);
  const following = aggregate.commands.filter(({ word }) => word !== null);
  return creating.flatMap((type) =>
    type.examples.map((input, index) =>
      streamOf(aggregate, `golden-${index + 1}`, [
        { type, input },
        ...following.flatMap((next) =>
          next.examples.map((given) => ({ type: next, input: given })),
        ),
      ]),
    ),
  );
}

interface Step {
  readonly type: CommandType;
  readonly input: unknown;
}

function streamOf(aggregate: Aggregate, id: string, steps: readonly Step[]): GoldenEvent[] {
  const events: GoldenEvent[] = [];
  let state = aggregate.initialState;
  // Streams beside it have had their creating command, so that orders find products and bookings find tables.
  const world = aroundWalk(MODULES, true);
  steps.forEach(({ type, input }, step) => {
    const at = new Date(START_MS + step * MINUTE_MS).toISOString();
    const command: CommandOf = {
      type: type.name,
      id,
      input,
      at,
      commandId: `golden-command-${step + 1}`,
      secret: 'AAAAAAAAAAAAAAAAAAAAAA',
      actor: 'golden',
      approver: null,
      number: step + 1,
    };
    const decision = aggregate.decide(state, command, world.of(aggregate, command));
    if (decision.outcome === 'rejected') return;
    for (const { category, id: other, events: further } of decision.elsewhere)
      for (const event of further) {
        const stream = { category, id: other };
        world.keep(stream, heldAfter(world.held(stream, aggregate), event, at));
      }
    for (const event of decision.events) {
      const known = aggregate.events.find(({ name }) => name === event.type);
      if (known === undefined) throw new TypeError(`${event.type} is not declared`);
      events.push({ type: wireType(known), time: at, data: event.data });
      state = aggregate.evolve(state, event, { at, version: events.length });
    }
  });
  return events;
}

function write(file: string, golden: GoldenStream): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(golden, null, 2)}\n`);
  process.stderr.write(`${path.relative(process.cwd(), file)}\n`);
}

function release(version: string): void {
  const held = readGoldenFiles();
  for (const aggregate of aggregates) {
    const { category, stateVersion } = aggregate;
    if (held.some((it) => it.release === version && it.golden.category === category)) continue;
    const golden = { category, streams: streamsOf(aggregate), hashes: {} };
    const hashes = { [stateVersion]: stateHashOf(aggregate, golden) };
    write(path.join(GOLDEN_FOLDER, version, `${category}.json`), { ...golden, hashes });
  }
}

function accept(): void {
  for (const { file, golden } of readGoldenFiles()) {
    const aggregate = aggregates.find(({ category }) => category === golden.category);
    if (aggregate === undefined || golden.hashes[aggregate.stateVersion] !== undefined) continue;
    const hashes = { ...golden.hashes, [aggregate.stateVersion]: stateHashOf(aggregate, golden) };
    write(file, { ...golden, hashes });
  }
}

const [verb, version] = process.argv.slice(2);
if (verb === 'release' && version !== undefined && /^\d+\.\d+\.\d+$/.test(version))
  release(version);
else if (verb === 'accept') accept();
else {
  process.stderr.write('usage: node tools/golden/main.ts release X.Y.Z | accept\n');
  process.exitCode = 2;
}
