/**
 * What every business module must hold, whatever it is about: checked by walks of random commands, made of the examples
 * of the module itself, from its initial state. A fault is an Error that names the place; fast-check adds the seed and
 * the shortest walk that shows it.
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import type { Aggregate } from '../../src/core/aggregate.ts';
import type { CommandOf, CommandType } from '../../src/core/command-type.ts';
import type { DecidedEvent, EventsElsewhere } from '../../src/core/decision.ts';
import { ERROR_TABLE } from '../../src/core/errors.ts';
import type { EventType } from '../../src/core/event-type.ts';
import type { BusinessModule } from '../../src/core/module.ts';
import {
  checkPolicy,
  checkReadModel,
  erasedOf,
  type Happened,
  type Validate,
} from './module-folds.ts';
import { aroundWalk, heldAfter, type AroundWalk } from './module-surroundings.ts';
import { fault, frozen, isPlainJson, pointed } from './plain-json.ts';

/** Long enough to pass through every state of a module, short enough for a few hundred walks in a second. */
const WALK_LENGTH_MAX = 25;
const WALKS = 150;
const START = Date.parse('2026-01-01T00:00:00.000Z');
const DAY_MS = 24 * 3600 * 1000;

interface Step {
  readonly command: number;
  readonly example: number;
  readonly days: number;
}

const steps = fc.array(fc.record({ command: fc.nat(99), example: fc.nat(99), days: fc.nat(200) }), {
  maxLength: WALK_LENGTH_MAX,
});

/** Throws on the first fault. `others` are further modules that its commands are decided over or its policies call. */
export function checkModule(module: BusinessModule, others: readonly BusinessModule[] = []): void {
  const all = [module, ...others.filter(({ name }) => name !== module.name)];
  const validate = validators();
  for (const { aggregate } of module.aggregates) {
    for (const command of aggregate.commands) checkExamples(command, validate);
    checkRefusals(aggregate);
    fc.assert(
      fc.property(steps, (walk) => {
        checkWalk(aggregate, walk, { all, validate });
      }),
      { numRuns: WALKS, includeErrorInReport: true },
    );
  }
  fc.assert(
    fc.property(steps, (walk) => {
      const happened = all
        .flatMap(({ aggregates }) =>
          aggregates.flatMap(({ aggregate }) => checkWalk(aggregate, walk, { all, validate })),
        )
        // No two events have one id, of whatever stream they are.
        .map((each, index) => ({ ...each, eventId: `e${index}` }));
      for (const model of module.readModels) checkReadModel(model, happened);
      for (const policy of module.policies) checkPolicy(policy, happened, { all, validate });
    }),
    { numRuns: WALKS, includeErrorInReport: true },
  );
}

/** Throws when two modules use one name, or one code of refusal with two meanings. */
export function checkTogether(modules: readonly BusinessModule[]): void {
  const aggregates = modules.flatMap((module) => module.aggregates.map((held) => held.aggregate));
  const names = {
    module: modules.map(({ name }) => name),
    category: aggregates.map(({ category }) => category),
    'wire name': aggregates.flatMap(({ events }) => events.map(({ wireName }) => wireName)),
    'read model': modules.flatMap(({ readModels }) => readModels.map(({ name }) => name)),
    policy: modules.flatMap(({ policies }) => policies.map(({ name }) => name)),
  };
  for (const [what, all] of Object.entries(names)) {
    const twice = all.find((name, index) => all.indexOf(name) !== index);
    if (twice !== undefined) throw fault(what, `${twice} stands twice`);
  }
  const sentences = new Map<string, string>();
  for (const [code, { sentence }] of aggregates.flatMap(({ refusals }) => Object.entries(refusals)))
    if ((sentences.get(code) ?? sentence) !== sentence)
      throw fault(code, 'is a refusal with two sentences');
    else sentences.set(code, sentence);
}

function validators(): Validate {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  formats.default(ajv);
  const compiled = new Map<object, ReturnType<typeof ajv.compile>>();
  return (where, schema, value) => {
    const accepts = compiled.get(schema) ?? ajv.compile(schema);
    compiled.set(schema, accepts);
    if (!accepts(value)) throw fault(where, ajv.errorsText(accepts.errors));
  };
}

function checkExamples(command: CommandType, validate: Validate): void {
  if (command.examples.length === 0) throw fault(command.name, 'has no example');
  for (const [index, example] of command.examples.entries())
    validate(`example ${index + 1} of ${command.name}`, command.input, example);
}

function checkRefusals({ refusals, category }: Aggregate): void {
  for (const code of Object.keys(refusals)) {
    if (!/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(code))
      throw fault(category, `${code} does not look like a code`);
    if (code in ERROR_TABLE) throw fault(category, `${code} is an error of the server`);
  }
}

interface World {
  readonly all: readonly BusinessModule[];
  readonly validate: Validate;
}

/** Decides and folds a walk, with everything frozen; returns what happened, and as if its person were erased. */
function checkWalk(aggregate: Aggregate, walk: readonly Step[], world: World): readonly Happened[] {
  const happened: Happened[] = [];
  const id = 'a1';
  // Half of all walks go through a world where everything that a command asks for has been created before.
  const around = aroundWalk(world.all, (walk[0]?.days ?? 0) % 2 === 1);
  let state = frozen(structuredClone(aggregate.initialState));
  let version = 0;
  let atMs = START;
  for (const [index, step] of walk.entries()) {
    atMs += step.days * DAY_MS;
    const at = new Date(atMs).toISOString();
    const command = commandOf(aggregate, step, { id, at, commandId: `c${index}` });
    const decided = decideTwice({ aggregate, state, around }, command);
    happened.push(
      ...checkElsewhere(decided.elsewhere, { aggregate, around, world }, { at, index }),
    );
    for (const event of decided.events) {
      const type = checkEvent(aggregate, event, world);
      version += 1;
      const moment = { at, version };
      const held = { event, moment, category: aggregate.category, id, eventId: `e${index}` };
      happened.push(held);
      state = checkEvolve(aggregate, state, held);
      // The same event must also fold when its person was erased, and on a state where it never belonged.
      const erased = { ...held, event: erasedOf(event, type.personal) };
      world.validate(`${event.type} of an erased person`, type.data, erased.event.data);
      checkEvolve(aggregate, state, erased);
      checkEvolve(aggregate, aggregate.initialState, erased);
    }
    const view = aggregate.view?.(state) ?? {};
    if (!isPlainJson(view)) throw fault(aggregate.category, 'view gives what is not plain JSON');
  }
  return happened;
}

function commandOf(
  { commands, category }: Aggregate,
  step: Step,
  given: { readonly id: string; readonly at: string; readonly commandId: string },
): CommandOf {
  const type = commands[step.command % commands.length];
  if (type === undefined) throw fault(category, 'has no command');
  const input: unknown = type.examples[step.example % type.examples.length];
  return frozen({
    type: type.name,
    ...given,
    input,
    secret: 'c2VjcmV0',
    actor: 'key-1',
    approver: null,
    number: 7,
  });
}

function decideTwice(
  walked: { readonly aggregate: Aggregate; readonly state: unknown; readonly around: AroundWalk },
  command: CommandOf,
): { readonly events: readonly DecidedEvent[]; readonly elsewhere: readonly EventsElsewhere[] } {
  const { aggregate, state } = walked;
  const where = `${command.type} of ${aggregate.category}`;
  const around = walked.around.of(aggregate, command);
  if (!isPlainJson(aggregate.attributes?.(state, command, around) ?? null))
    throw fault(where, 'has attributes that are not plain JSON');
  const first = aggregate.decide(state, command, around);
  if (JSON.stringify(aggregate.decide(state, command, around)) !== JSON.stringify(first))
    throw fault(where, 'is decided differently the second time');
  if (first.outcome === 'rejected') {
    if (!Object.hasOwn(aggregate.refusals, first.code))
      throw fault(where, `${first.code} is not in the table of refusals`);
    if (!isPlainJson(first.details)) throw fault(where, 'details are not plain JSON');
    return { events: [], elsewhere: [] };
  }
  const members = aggregate.respond?.(state, command) ?? {};
  if (!isPlainJson(members)) throw fault(where, 'respond gives what is not plain JSON');
  return first;
}

/** Events that a decision put on other streams: of types that those declare, and folded there. */
function checkElsewhere(
  elsewhere: readonly EventsElsewhere[],
  walked: { readonly aggregate: Aggregate; readonly around: AroundWalk; readonly world: World },
  { at, index }: { readonly at: string; readonly index: number },
): readonly Happened[] {
  const { aggregate, around, world } = walked;
  return elsewhere.flatMap(({ category, id, events }) => {
    let held = around.held({ category, id }, aggregate);
    return events.map((event) => {
      checkEvent(held.aggregate, event, world);
      held = heldAfter(held, event, at);
      if (!isPlainJson(held.state)) throw fault(event.type, 'evolves to what is not plain JSON');
      around.keep({ category, id }, held);
      const moment = { at, version: held.version };
      return { event, moment, category, id, eventId: `e${index}` };
    });
  });
}

function checkEvent(aggregate: Aggregate, event: DecidedEvent, { validate }: World): EventType {
  const type = aggregate.events.find(({ name }) => name === event.type);
  if (type === undefined)
    throw fault(aggregate.category, `${event.type} is none of its event types`);
  if (!isPlainJson(event.data)) throw fault(event.type, 'data is not plain JSON');
  validate(`data of ${event.type}`, type.data, event.data);
  const { personal } = type;
  const isPersonal = personal?.fields.some((field) => pointed(event.data, field) !== undefined);
  if (isPersonal === true && typeof pointed(event.data, personal?.person ?? '') !== 'string')
    throw fault(event.type, 'has personal fields but names no person');
  return type;
}

function checkEvolve(aggregate: Aggregate, state: unknown, happened: Happened): unknown {
  const { event, moment } = happened;
  const next = aggregate.evolve(frozen(state), frozen(event), frozen(moment));
  if (!isPlainJson(next)) throw fault(event.type, 'evolves to a state that is not plain JSON');
  return frozen(next);
}
