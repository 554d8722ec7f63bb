/** A pair of modules with policies of every kind, and processes that run them over one log. */
import { Type } from 'typebox';
import { defineAggregate } from '../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../core/command-type.ts';
import { accepted, rejected, type Decision } from '../../core/decision.ts';
import { defineEvent, type EventOf } from '../../core/event-type.ts';
import { defineModule, type BusinessModule } from '../../core/module.ts';
import type { Policy, Reaction } from '../../core/policy.ts';
import { defineReadModel } from '../../core/read-model.ts';
import type { RecordedEvent } from '../../core/recorded-event.ts';

const created = defineEvent({
  name: 'CounterCreated',
  wireName: 'comptoir.counter.created',
  data: Type.Object({ counterId: Type.String() }),
});
const incremented = defineEvent({
  name: 'Incremented',
  wireName: 'comptoir.counter.incremented',
  data: Type.Object({ counterId: Type.String(), by: Type.Integer() }),
});
const bounced = defineEvent({
  name: 'Bounced',
  wireName: 'comptoir.counter.bounced',
  data: Type.Object({ counterId: Type.String() }),
});
const EVENTS = [created, incremented, bounced] as const;
type CounterEvent = EventOf<(typeof EVENTS)[number]>;

const nothing = Type.Object({}, { additionalProperties: false });
const COMMANDS = [
  defineCommand({ name: 'CreateCounter', summary: 'Creates', input: nothing, examples: [{}] }),
  defineCommand({
    name: 'Increment',
    word: 'increment',
    summary: 'Adds',
    input: Type.Object({ by: Type.Integer() }, { additionalProperties: false }),
    examples: [{ by: 1 }],
  }),
  defineCommand({
    name: 'Bounce',
    word: 'bounce',
    summary: 'Happens',
    input: nothing,
    examples: [{}],
  }),
] as const;
type CounterCommand = CommandFor<(typeof COMMANDS)[number]>;

export interface CounterState {
  readonly created: boolean;
  readonly total: number;
  /** Order matters for this one. */
  readonly digits: string;
  readonly bounces: number;
}

/** Adding this much is refused. */
export const TOO_MUCH = 99;

function decide(state: CounterState, command: CounterCommand): Decision<CounterEvent> {
  const counterId = command.id;
  switch (command.type) {
    case 'CreateCounter':
      if (state.created) return rejected('COUNTER_EXISTS');
      return accepted([{ type: 'CounterCreated', data: { counterId } }]);
    case 'Increment':
      if (command.input.by === TOO_MUCH && counterId === 'total') return rejected('TOO_MUCH');
      return accepted([{ type: 'Incremented', data: { counterId, by: command.input.by } }]);
    case 'Bounce':
      return accepted([{ type: 'Bounced', data: { counterId } }]);
  }
}

function evolve(state: CounterState, event: CounterEvent): CounterState {
  switch (event.type) {
    case 'CounterCreated':
      return { ...state, created: true };
    case 'Incremented': {
      const { by } = event.data;
      return { ...state, total: state.total + by, digits: `${state.digits},${by}` };
    }
    case 'Bounced':
      return { ...state, bounces: state.bounces + 1 };
  }
}

const raised = defineEvent({
  name: 'AlarmRaised',
  wireName: 'comptoir.alarm.raised',
  data: Type.Object({ alarmId: Type.String(), count: Type.Integer() }),
});
const acknowledged = defineEvent({
  name: 'AlarmAcknowledged',
  wireName: 'comptoir.alarm.acknowledged',
  data: Type.Object({ alarmId: Type.String() }),
});
const escalated = defineEvent({
  name: 'AlarmEscalated',
  wireName: 'comptoir.alarm.escalated',
  data: Type.Object({ alarmId: Type.String() }),
});
const ALARM_EVENTS = [raised, acknowledged, escalated] as const;
type AlarmEvent = EventOf<(typeof ALARM_EVENTS)[number]>;

const ALARM_COMMANDS = [
  defineCommand({
    name: 'RaiseAlarm',
    summary: 'Raises',
    input: Type.Object({ count: Type.Integer() }, { additionalProperties: false }),
    examples: [{ count: 3 }],
  }),
  defineCommand({
    name: 'Acknowledge',
    word: 'acknowledge',
    summary: 'Acknowledges',
    input: nothing,
    examples: [{}],
  }),
  defineCommand({
    name: 'Escalate',
    word: 'escalate',
    summary: 'Escalates',
    input: nothing,
    examples: [{}],
  }),
] as const;
type AlarmCommand = CommandFor<(typeof ALARM_COMMANDS)[number]>;

export interface AlarmState {
  readonly raised: boolean;
  readonly escalations: number;
}

function decideAlarm(state: AlarmState, command: AlarmCommand): Decision<AlarmEvent> {
  const alarmId = command.id;
  switch (command.type) {
    case 'RaiseAlarm':
      if (state.raised) return rejected('ALARM_EXISTS');
      return accepted([{ type: 'AlarmRaised', data: { alarmId, count: command.input.count } }]);
    case 'Acknowledge':
      return accepted([{ type: 'AlarmAcknowledged', data: { alarmId } }]);
    case 'Escalate':
      return accepted([{ type: 'AlarmEscalated', data: { alarmId } }]);
  }
}

function listOf(name: string) {
  return defineReadModel({
    name,
    version: 1,
    columns: { note: 'text' },
    on: [],
    keys: () => [],
    project: () => null,
    personal: 'none',
    list: { filters: {}, order: [] },
  });
}

const refusal = { sentence: 'No.', remedy: 'None.' };

/** `policies` belong to the module of counters, beside which there is one of alarms. */
export function modulesWith(policies: readonly Policy[]): readonly BusinessModule[] {
  const counters = defineModule({
    name: 'counters',
    title: 'Counters',
    summary: 'Counters of a test.',
    policies,
    aggregates: [
      {
        singular: 'counter',
        list: listOf('counters.list'),
        aggregate: defineAggregate<CounterState, CounterCommand, CounterEvent>({
          category: 'counters',
          stateVersion: 1,
          events: EVENTS,
          commands: COMMANDS,
          refusals: { COUNTER_EXISTS: refusal, TOO_MUCH: refusal },
          initialState: { created: false, total: 0, digits: '', bounces: 0 },
          decide,
          evolve,
        }),
      },
    ],
  });
  const alarms = defineModule({
    name: 'alarms',
    title: 'Alarms',
    summary: 'Alarms of a test.',
    aggregates: [
      {
        singular: 'alarm',
        list: listOf('alarms.list'),
        aggregate: defineAggregate<AlarmState, AlarmCommand, AlarmEvent>({
          category: 'alarms',
          stateVersion: 1,
          events: ALARM_EVENTS,
          commands: ALARM_COMMANDS,
          refusals: { ALARM_EXISTS: refusal },
          initialState: { raised: false, escalations: 0 },
          decide: decideAlarm,
          evolve: (state, event) => ({
            raised: true,
            escalations: state.escalations + (event.type === 'AlarmEscalated' ? 1 : 0),
          }),
        }),
      },
    ],
  });
  return [counters, alarms];
}

const byOf = (event: RecordedEvent): number => (event.data as { by: number }).by;

function command(
  name: string,
  category: string,
  to: { readonly id: string; readonly input?: object },
): Extract<Reaction, { kind: 'command' }> {
  return { kind: 'command', category, command: name, id: to.id, input: to.input ?? {} };
}

/** What a received event adds. */
export const METER_READ = 'meter.read';

/** Adds whatever is added to any counter to the counter `total`; `broken` says for which amounts it throws. */
export function tally(broken: (by: number) => boolean = () => false): Policy {
  return {
    name: 'counters.tally',
    on: [incremented],
    received: [METER_READ],
    react(event) {
      if (event.id === 'total') return [];
      if (broken(byOf(event))) throw new RangeError('react is broken');
      return [command('Increment', 'counters', { id: 'total', input: { by: byOf(event) } })];
    },
  };
}

/** Answers its own command for ever. */
export const echo: Policy = {
  name: 'counters.echo',
  on: [bounced],
  react: (event) => [command('Bounce', 'counters', { id: event.id })],
};

interface Watch {
  readonly count: number;
}

/**
 * A process manager: raises an alarm at every third increment of a counter, escalates it after `escalateAfterMs`
 * unless it is acknowledged; a fourth increment puts that off.
 */
export function watch(escalateAfterMs: number): Policy {
  return {
    name: 'counters.watch',
    on: [incremented, acknowledged],
    keyOf: ({ id }) => id.replace(/^alarm-/, ''),
    initialState: { count: 0 } satisfies Watch,
    evolve: (state, event) => {
      const { count } = state as Watch;
      return { count: event.type === 'Incremented' ? count + 1 : count };
    },
    react(event, state) {
      const { count } = state as Watch;
      if (event.type === 'AlarmAcknowledged') return [{ kind: 'cancel', timer: 'escalate' }];
      if (count < 3 || event.id === 'total') return [];
      const id = `alarm-${event.id}`;
      const at = new Date(Date.parse(event.at) + escalateAfterMs).toISOString();
      const timer: Reaction = {
        kind: 'timer',
        timer: 'escalate',
        at,
        command: command('Escalate', 'alarms', { id }),
      };
      const raise = command('RaiseAlarm', 'alarms', { id, input: { count } });
      return count === 3 ? [raise, timer] : [timer];
    },
  };
}
