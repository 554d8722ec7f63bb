import type { Surroundings } from '../../../core/aggregate.ts';
import { rejected, type Decision } from '../../../core/decision.ts';
import type { BookingCommand } from './commands.ts';
import { decideFollowUp } from './decide-follow-up.ts';
import { decideMake } from './decide-make.ts';
import type { BookingEvent } from './events.ts';
import type { BookingState } from './state.ts';

export function decide(
  state: BookingState,
  command: BookingCommand,
  around: Surroundings,
): Decision<BookingEvent> {
  if (command.type === 'MakeReservation' || command.type === 'HoldTables')
    return decideMake(state, command, around);
  if (state.status === 'none') return rejected('RESERVATION_OVER');
  return decideFollowUp(state, command, around);
}
