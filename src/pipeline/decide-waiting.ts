/**
 * Decides the commands that wait for a stream, one after another, each on the state that the ones before it lead to. No
 * input or output: the outcome is a list of steps that hold only if every step before them does.
 */
import type { Approval } from '../access/principal.ts';
import { streamName, type Surroundings } from '../core/aggregate.ts';
import type { CommandOf } from '../core/command-type.ts';
import type { Accepted, DecidedEvent } from '../core/decision.ts';
import { Failure } from '../core/errors.ts';
import { newEvent } from './encode-events.ts';
import { foldNew, type FoldedStream, type NewEvent } from './fold.ts';
import type { StreamPlace } from './load-stream.ts';
import { checkRules, restricts } from './rules.ts';
import type { Result } from './stored-answer.ts';
import { BrokenDecision, surroundings } from './surroundings.ts';
import { brokenModule, commandAt, digestedOf, type WaitingCommand } from './waiting-command.ts';

/** States by key of the stream. */
export type States = ReadonlyMap<string, FoldedStream>;

export type Step =
  | AppendStep
  /** Refused, or accepted without events. */
  | { readonly kind: 'answer'; readonly waiting: WaitingCommand; readonly result: Result }
  | { readonly kind: 'fail'; readonly waiting: WaitingCommand; readonly failure: Failure }
  /** Refused beside states that may be a second old: to be decided once more beside the newest. */
  | { readonly kind: 'stale'; readonly waiting: WaitingCommand };

export interface AppendStep {
  readonly kind: 'append';
  readonly waiting: WaitingCommand;
  /** To be used up before it is appended. */
  readonly approval: Approval | null;
  /** Its own stream first; streams that it was only decided over have no events. */
  readonly parts: readonly UnitPart[];
  readonly result: Result;
  /** The states that its events lead to. */
  readonly after: States;
}

export interface UnitPart {
  readonly place: StreamPlace;
  readonly expectedVersion: bigint;
  readonly events: readonly NewEvent[];
}

export interface DecideOptions {
  /** Of every stream that one of the commands is decided over. */
  readonly states: States;
  /** Of the only command, when it has some. */
  readonly further: readonly StreamPlace[];
  readonly newId: () => string;
}

export function decideWaiting(
  commands: readonly WaitingCommand[],
  { states, further, newId }: DecideOptions,
): readonly Step[] {
  const current = new Map(states);
  return commands.map((waiting) => {
    const step = decideOne(waiting, { states: current, further, newId });
    if (step.kind === 'append') for (const [key, folded] of step.after) current.set(key, folded);
    return step;
  });
}

function decideOne(waiting: WaitingCommand, options: DecideOptions): Step {
  const { place, command, request } = waiting;
  const before = stateOf(options.states, place);
  if (command.word !== null && before.version === 0n)
    return failed(waiting, new Failure('NOT_FOUND', 'There is nothing with this id.'));
  const { expectedVersion } = request;
  if (expectedVersion !== undefined && expectedVersion !== before.version)
    return failed(waiting, preconditionFailed(before.version));
  try {
    return decided(waiting, before, options);
  } catch (error) {
    const failure =
      error instanceof BrokenDecision
        ? new Failure('INTERNAL', error.message)
        : brokenModule(waiting, 'deciding', error);
    return failed(waiting, failure);
  }
}

function decided(waiting: WaitingCommand, before: FoldedStream, options: DecideOptions): Step {
  const { place, command } = waiting;
  const { aggregate } = place.known;
  const at = momentOf(waiting, [before, ...options.further.map((f) => stateOf(options.states, f))]);
  const beside = around(waiting, options);
  const first = commandAt(waiting, at);
  const approval = approvalOf(waiting, first, { state: before.state, beside });
  if (approval instanceof Failure)
    return waiting.consulted.verified ? failed(waiting, approval) : { kind: 'stale', waiting };
  const asked = approval === waiting.approval ? first : commandAt(waiting, at, approval);
  const decision = aggregate.decide(before.state, asked, beside);
  if (decision.outcome === 'rejected') {
    if (!waiting.consulted.verified) return { kind: 'stale', waiting };
    const { code, details } = decision;
    return { kind: 'answer', waiting, result: { status: 'refused', code, details } };
  }
  const unit = unitOf(waiting, { ...options, at }, decision);
  const folded = unit.after.get(place.key) ?? before;
  const result: Result = {
    status: 'done',
    id: place.id,
    version: folded.version,
    created: command.word === null,
    members: aggregate.respond?.(folded.state, asked) ?? {},
  };
  if (unit.after.size === 0) return { kind: 'answer', waiting, result };
  return { kind: 'append', waiting, approval, result, ...unit };
}

/** The approval it is done with, null where it needs none, or why it may not be done. */
function approvalOf(
  waiting: WaitingCommand,
  asked: CommandOf,
  { state, beside }: { readonly state: unknown; readonly beside: Surroundings },
): Approval | Failure | null {
  const { request, place, needed, approval, command } = waiting;
  const { principal } = request;
  const { aggregate } = place.known;
  const isFree = principal.rules === undefined || !restricts(principal.rules);
  if (aggregate.attributes === undefined || (isFree && approval === null)) return approval;
  const attributes = aggregate.attributes(state, asked, beside);
  return checkRules(principal, attributes, {
    needed,
    approval,
    asked: digestedOf(request, command),
  });
}

/** Events of each stream of the unit, and the states they lead to. */
function unitOf(
  { place }: WaitingCommand,
  { states, further, newId, at }: DecideOptions & { readonly at: string },
  { events, elsewhere }: Accepted<DecidedEvent>,
): Pick<AppendStep, 'parts' | 'after'> {
  const others = elsewhere.map((other) => ({ stream: streamName(other), other }));
  for (const { stream, other } of others)
    if (!further.some((listed) => listed.stream === stream))
      throw new BrokenDecision(
        `${place.known.aggregate.category} decided events for a stream of ${other.category} that it did not list.`,
      );
  const after = new Map<string, FoldedStream>();
  const partOf = (target: StreamPlace, decidedFor: readonly DecidedEvent[]): UnitPart => {
    const before = stateOf(states, target);
    let folded = before;
    const fresh = decidedFor.map((event) => {
      const made = newEvent(target.known, event, { eventId: newId(), at });
      folded = foldNew(folded, made, target.known);
      return made;
    });
    if (fresh.length > 0) after.set(target.key, folded);
    return { place: target, expectedVersion: before.version, events: fresh };
  };
  const decidedFor = ({ stream }: StreamPlace) =>
    others.flatMap((each) => (each.stream === stream ? each.other.events : []));
  const parts = [
    partOf(place, events),
    ...further.map((target) => partOf(target, decidedFor(target))),
  ];
  return { parts, after };
}

/** Time of a stream never runs backwards, even where the clock does. */
function momentOf({ takenInAt }: WaitingCommand, streams: readonly FoldedStream[]): string {
  let latest = takenInAt;
  for (const { at } of streams) if (at !== null && isLater(at, latest)) latest = at;
  return latest;
}

/** Times of our own making have one form, in which text is in the order of time. */
function isLater(at: string, than: string): boolean {
  return at.length === than.length ? at > than : Date.parse(at) > Date.parse(than);
}

/** A stream that is both consulted and listed is the one whose version the append checks. */
function around({ consulted }: WaitingCommand, { states, further }: DecideOptions): Surroundings {
  return surroundings((stream) => {
    const { category, id } = stream;
    const place = further.find(
      (listed) => listed.id === id && listed.known.aggregate.category === category,
    );
    return place === undefined ? consulted.streams.get(stream) : stateOf(states, place);
  });
}

function stateOf(states: States, { key }: StreamPlace): FoldedStream {
  const folded = states.get(key);
  if (folded === undefined) throw new TypeError('a stream was decided over that was not loaded');
  return folded;
}

function preconditionFailed(version: bigint): Failure {
  return new Failure('PRECONDITION_FAILED', `The current version is ${version}.`, {
    extra: { version: version.toString() },
  });
}

function failed(waiting: WaitingCommand, failure: Failure): Step {
  return { kind: 'fail', waiting, failure };
}
