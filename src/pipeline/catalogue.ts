/** What the pipeline knows of the modules: found once, when it is made, so that a command only looks things up. */
import type { Aggregate } from '../core/aggregate.ts';
import type { CommandType } from '../core/command-type.ts';
import type { FieldError } from '../core/field-faults.ts';
import { wireType, type EventType, type PersonalMarks } from '../core/event-type.ts';
import type { BusinessModule, ModuleAggregate } from '../core/module.ts';
import { createEventRecorder, type EventRecorder } from '../core/record-event.ts';
import { permissionOf, writeScopeOf, type Needed } from './authorise.ts';
import { createInputValidators } from './validate-input.ts';

export interface KnownAggregate {
  /** `customers`, also for the category `customers.something`. */
  readonly module: string;
  /** CloudEvents source of what it decides. */
  readonly source: string;
  readonly entry: ModuleAggregate;
  readonly aggregate: Aggregate;
  readonly commands: ReadonlyMap<string, KnownCommand>;
  /** By name in code, which stands for the newest version. */
  readonly events: ReadonlyMap<string, KnownEvent>;
  readonly recorder: EventRecorder;
}

export interface KnownCommand {
  readonly type: CommandType;
  readonly needed: Needed;
  /** Faults of an input; none when it is valid. */
  readonly validate: (input: unknown) => readonly FieldError[];
}

export interface KnownEvent {
  readonly name: string;
  /** CloudEvents type. */
  readonly wire: string;
  readonly marks: PersonalMarks | null;
}

export type Catalogue = ReadonlyMap<string, KnownAggregate>;

/**
 * Input schemas are compiled when they are needed; validate-input.test.ts compiles all of them. Throws a TypeError when a
 * category stands twice.
 */
export function createCatalogue(modules: readonly BusinessModule[]): Catalogue {
  const compile = createInputValidators();
  const catalogue = new Map<string, KnownAggregate>();
  for (const module of modules)
    for (const entry of module.aggregates) {
      const { aggregate } = entry;
      const { category } = aggregate;
      if (catalogue.has(category)) throw new TypeError(`the category ${category} stands twice`);
      catalogue.set(category, {
        module: module.name,
        source: `/comptoir/${module.name}`,
        entry,
        aggregate,
        commands: new Map(
          aggregate.commands.map((type) => [
            type.name,
            { type, needed: neededBy(category, type), validate: compile(type.name, type.input) },
          ]),
        ),
        events: new Map(aggregate.events.map((type) => [type.name, knownEvent(type)])),
        recorder: createEventRecorder(aggregate.events),
      });
    }
  return catalogue;
}

function neededBy(category: string, type: CommandType): Needed {
  const { approvable } = type;
  return {
    permission: permissionOf(category, type),
    writeScope: writeScopeOf(category),
    approvable,
  };
}

function knownEvent(type: EventType): KnownEvent {
  return { name: type.name, wire: wireType(type), marks: type.personal };
}
