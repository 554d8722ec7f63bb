import { accepted, rejected, type Decision, type Rejected } from '../../../core/decision.ts';
import { BUDGET_PER_SECOND, CAPS, QUIET_HOURS, type SenderCommand } from './commands.ts';
import type { SenderEvent, SenderTerms } from './events.ts';
import type { KnownSender, SenderState } from './state.ts';

const IS_EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function decide(state: SenderState, command: SenderCommand): Decision<SenderEvent> {
  const { id: senderId } = command;
  if (command.type === 'AddMessageSender') {
    if (state.status !== 'unknown') return rejected('SENDER_EXISTS');
    // Nobody carries text messages yet: a sender of them would only collect what never leaves.
    if (command.input.channel === 'sms') return rejected('SENDER_CHANNEL_UNAVAILABLE');
    const terms = { ...defaultsOf(command.input.channel), ...command.input };
    return faultOf(terms) ?? accepted([{ type: 'MessageSenderAdded', data: { senderId, terms } }]);
  }
  if (state.status === 'unknown') return accepted([]);
  if (state.status === 'closed')
    return command.type === 'CloseMessageSender' ? accepted([]) : rejected('SENDER_CLOSED');
  switch (command.type) {
    case 'ChangeMessageSender': {
      const terms = { ...state.terms, ...command.input };
      if (JSON.stringify(terms) === JSON.stringify(state.terms)) return accepted([]);
      return (
        faultOf(terms) ?? accepted([{ type: 'MessageSenderChanged', data: { senderId, terms } }])
      );
    }
    case 'PauseMessageSender':
      return pause(state, { senderId, reason: command.input.reason ?? 'person' });
    case 'ResumeMessageSender':
      if (state.status === 'open') return accepted([]);
      return accepted([{ type: 'MessageSenderResumed', data: { senderId } }]);
    case 'CloseMessageSender':
      return accepted([{ type: 'MessageSenderClosed', data: { senderId } }]);
  }
}

/** Paused once: a second error of the same burst changes nothing. */
function pause(
  state: KnownSender,
  data: { readonly senderId: string; readonly reason: string },
): Decision<SenderEvent> {
  if (state.status === 'paused') return accepted([]);
  return accepted([{ type: 'MessageSenderPaused', data }]);
}

function defaultsOf(channel: SenderTerms['channel']) {
  return {
    phoneNumberId: null,
    wabaId: null,
    replyTo: null,
    secretName: null,
    budgetPerSecond: BUDGET_PER_SECOND,
    // Where a new portfolio of Meta begins; other channels know no tiers.
    dayTier: channel === 'whatsapp' ? (250 as const) : null,
    quietHours: QUIET_HOURS,
    caps: CAPS,
    doubleOptIn: false,
    language: 'en',
  };
}

function faultOf({
  channel,
  from,
  phoneNumberId,
  wabaId,
  secretName,
}: SenderTerms): Rejected | null {
  const missing: string[] = [];
  if (channel === 'whatsapp') {
    if (phoneNumberId === null) missing.push('phoneNumberId');
    if (wabaId === null) missing.push('wabaId');
    if (secretName === null) missing.push('secretName');
  }
  if (channel === 'email' && !IS_EMAIL.test(from)) missing.push('from');
  return missing.length === 0 ? null : rejected('SENDER_INCOMPLETE', { channel, missing });
}
