import type { CommandAttributes, StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { businessDayAt, locationFrom, LOCATIONS } from '../locations/location-terms.ts';
import { freeName, NAMES_STREAM, namesFrom, takeName } from '../names/state.ts';
import type { TillCommand } from './commands.ts';
import type { TillEvent } from './events.ts';
import { shiftOf, tillFrom, TILLS } from './ring-on-till.ts';
import { expectedCash, reportOf, turnoverOf } from './session-report.ts';
import type { KnownTill, TillSession, TillState } from './state.ts';

type Named<Type extends TillCommand['type']> = Extract<TillCommand, { type: Type }>;

export function decide(
  state: TillState,
  command: TillCommand,
  around: Surroundings,
): Decision<TillEvent> {
  if (command.type === 'AddTill')
    return state.status === 'unknown' ? add(command, around) : rejected('TILL_EXISTS');
  if (state.status === 'unknown') return rejected('TILL_UNKNOWN', { tillId: command.id });
  if (state.status === 'retired') return rejected('TILL_RETIRED', { tillId: command.id });
  const tillId = command.id;
  const whose = { of: 'till', id: tillId, locationId: state.locationId } as const;
  switch (command.type) {
    case 'RenameTill': {
      const { name } = command.input;
      if (name === state.name) return accepted([]);
      const taken = takeName(namesFrom(around), { ...whose, name });
      if ('outcome' in taken) return taken;
      return accepted([{ type: 'TillRenamed', data: { tillId, name } }], [taken]);
    }
    case 'RetireTill': {
      if (state.session !== null) return rejected('TILL_SESSION_OPEN');
      const data = { tillId, reason: command.input.reason };
      return accepted([{ type: 'TillRetired', data }], [freeName(whose)]);
    }
    case 'OpenTillSession':
      return openSession(state, command, around);
    default:
      if (state.session === null) return rejected('TILL_SESSION_CLOSED', { tillId });
      return decideSession({ till: state, session: state.session }, command);
  }
}

/** The stream of names, for what gives or frees one. */
export function streams({ type }: TillCommand): readonly StreamReference[] {
  return type === 'AddTill' || type === 'RenameTill' || type === 'RetireTill' ? [NAMES_STREAM] : [];
}

/** Streams that a command is read beside: the location, which the till itself names. */
export function consults(
  command: TillCommand,
  consulted: Surroundings,
): readonly StreamReference[] {
  if (command.type === 'AddTill') return [{ category: LOCATIONS, id: command.input.locationId }];
  if (command.type !== 'OpenTillSession') return [];
  const own = { category: TILLS, id: command.id };
  const till = tillFrom(consulted, command.id);
  return till.status === 'unknown' ? [own] : [own, { category: LOCATIONS, id: till.locationId }];
}

/** Only cash that is taken out gives anything away. */
export function attributes(state: TillState, command: TillCommand): CommandAttributes {
  const amount = command.type === 'TakeCash' ? command.input.amount : null;
  if (command.type === 'AddTill')
    return { locationId: command.input.locationId, amount, shiftOf: null };
  if (state.status === 'unknown') return { locationId: null, amount, shiftOf: null };
  return { locationId: state.locationId, amount, shiftOf: shiftOf(state) };
}

function add({ id, input }: Named<'AddTill'>, around: Surroundings): Decision<TillEvent> {
  const { locationId, name } = input;
  const location = locationFrom(around, locationId);
  if (location.status === 'unknown') return rejected('LOCATION_UNKNOWN');
  if (location.status === 'closed') return rejected('LOCATION_CLOSED');
  const taken = takeName(namesFrom(around), { of: 'till', id, locationId, name });
  if ('outcome' in taken) return taken;
  const { currency } = location;
  const data = { tillId: id, locationId, name, currency };
  return accepted([{ type: 'TillAdded', data }], [taken]);
}

function openSession(
  state: KnownTill,
  command: Named<'OpenTillSession'>,
  around: Surroundings,
): Decision<TillEvent> {
  if (state.session !== null) return rejected('TILL_SESSION_OPEN');
  // Another process may have added the till a moment ago, so that what was consulted does not know it yet: a refusal
  // beside old states is not final, the frame looks again.
  const seen = tillFrom(around, command.id);
  if (seen.status === 'unknown') return rejected('TILL_UNKNOWN', { tillId: command.id });
  const { locationId, tillId } = state;
  const location = locationFrom(around, locationId);
  if (location.status !== 'open') return rejected('LOCATION_CLOSED');
  const businessDay = businessDayAt(location, command.at);
  const { float } = command.input;
  const data = { tillId, locationId, sessionId: command.commandId, businessDay, float };
  return accepted([{ type: 'TillSessionOpened', data: { ...data, openedBy: command.actor } }]);
}

interface OpenTill {
  readonly till: KnownTill;
  readonly session: TillSession;
}

type SessionCommand = Named<'PutCash' | 'TakeCash' | 'CountTill' | 'CloseTillSession'>;

function decideSession(open: OpenTill, command: SessionCommand): Decision<TillEvent> {
  const { tillId } = open.till;
  const { sessionId } = open.session;
  switch (command.type) {
    case 'PutCash': {
      const { amount, reason } = command.input;
      return accepted([{ type: 'TillCashPut', data: { tillId, sessionId, amount, reason } }]);
    }
    case 'TakeCash': {
      const { amount, reason } = command.input;
      const data = { tillId, sessionId, amount, reason, approvedBy: command.approver };
      return accepted([{ type: 'TillCashTaken', data }]);
    }
    case 'CountTill': {
      const { counted, denominations = [] } = command.input;
      const sum = denominations.reduce(
        (before, { value, quantity }) => before + value * quantity,
        0,
      );
      if (denominations.length > 0 && sum !== counted)
        return rejected('COUNT_DOES_NOT_ADD_UP', { counted, sum });
      const data = { tillId, sessionId, counted, denominations: [...denominations] };
      return accepted([{ type: 'TillCounted', data: { ...data, countedBy: command.actor } }]);
    }
    case 'CloseTillSession':
      return closeSession(open, command);
  }
}

function closeSession(
  { till, session }: OpenTill,
  command: Named<'CloseTillSession'>,
): Decision<TillEvent> {
  const { counted, sessionId } = session;
  if (counted === null) return rejected('TILL_NOT_COUNTED');
  const expected = expectedCash(session);
  const overShort = counted - expected;
  const { actor: closedBy, at: closedAt } = command;
  const { note = null } = command.input;
  const ended = { tillId: till.tillId, sessionId, expected, counted, overShort, closedBy, note };
  const report = {
    number: till.zNumber + 1,
    ...reportOf(till, session),
    counted,
    overShort,
    closedAt,
    closedBy,
    grandTotal: till.grandTotal + turnoverOf(session),
  };
  return accepted([
    { type: 'TillSessionClosed', data: ended },
    { type: 'ZReportIssued', data: report },
  ]);
}

/** What anybody may see of a till: never what a session comes to, so that the count stays blind. */
export function view(state: TillState): object {
  if (state.status === 'unknown') return state;
  const { status, locationId, name, currency, zNumber, session } = state;
  const shown = { status, locationId, name, currency, zNumber };
  if (session === null) return { ...shown, session: null };
  const { sessionId, businessDay, openedAt, openedBy, float, counted } = session;
  const open = { sessionId, businessDay, openedAt, openedBy, float, isCounted: counted !== null };
  return { ...shown, session: open };
}
