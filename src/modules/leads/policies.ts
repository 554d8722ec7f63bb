/** What follows a session by itself: it counts as left, it becomes a lead, somebody gets back to the lead. */
import type { CommandReaction, Policy, Reaction } from '../../core/policy.ts';
import type { RecordedEvent } from '../../core/recorded-event.ts';
import {
  quizContactGiven,
  quizSessionAbandoned,
  quizSessionCompleted,
  quizSessionFoundActive,
  quizSessionResumed,
  quizSessionStarted,
  type SessionEvent,
} from './sessions/events.ts';
import { SESSIONS } from './sessions/state.ts';
import { LEADS } from './state.ts';

const MINUTE_MS = 60_000;

/**
 * One timer for each session, not one for each answer: when it is due, the session itself says whether somebody has
 * answered since, and when to look again.
 */
export const abandonIdle: Policy = {
  name: 'leads.abandon-idle',
  on: [quizSessionStarted, quizSessionResumed, quizSessionFoundActive],
  react(recorded) {
    // safe because a recorded event of a declared type has its data
    const event = recorded as unknown as SessionEvent;
    switch (event.type) {
      case 'QuizSessionStarted':
      case 'QuizSessionResumed':
        return [lookAt(recorded, minutesAfter(recorded.at, event.data.abandonAfterMinutes))];
      case 'QuizSessionFoundActive':
        return [lookAt(recorded, event.data.lookAgainAt)];
      default:
        return [];
    }
  },
};

function lookAt({ id }: RecordedEvent, at: string): Reaction {
  const command: CommandReaction = {
    kind: 'command',
    category: SESSIONS,
    command: 'AbandonQuizSession',
    id,
    input: {},
  };
  return { kind: 'timer', timer: 'idle', at, command };
}

function minutesAfter(at: string, minutes: number): string {
  return new Date(Date.parse(at) + minutes * MINUTE_MS).toISOString();
}

/** The lead has the id of the session: whatever is repeated, one session makes one lead. */
export const followSessions: Policy = {
  name: 'leads.follow-sessions',
  on: [quizContactGiven, quizSessionCompleted, quizSessionAbandoned],
  react(recorded) {
    // safe because a recorded event of a declared type has its data
    const event = recorded as unknown as SessionEvent;
    switch (event.type) {
      case 'QuizContactGiven':
        return capture(event.data);
      case 'QuizSessionCompleted': {
        const { sessionId, score, grade, endingId, hasContact, followUpAfterHours } = event.data;
        if (!hasContact) return [];
        return [
          commandFor('QualifyLead', sessionId, { score, grade, endingId }),
          followUp(sessionId, { reason: 'completed', inHours: followUpAfterHours }),
        ];
      }
      case 'QuizSessionAbandoned': {
        const { sessionId, hasContact, followUpAfterHours } = event.data;
        if (!hasContact) return [];
        return [followUp(sessionId, { reason: 'abandoned', inHours: followUpAfterHours })];
      }
      default:
        return [];
    }
  },
};

function capture(
  data: Extract<SessionEvent, { type: 'QuizContactGiven' }>['data'],
): readonly Reaction[] {
  const { sessionId, quizId, name, email, phone, language, consents, attribution } = data;
  const given = Object.entries({ name, email, phone }).filter(
    ([, value]) => typeof value === 'string',
  );
  // Erased before it was handled: there is nobody to get back to.
  if (given.length === 0) return [];
  const contact = Object.fromEntries(given);
  const input = { contact, source: 'quiz', language, consents, attribution, quizId, sessionId };
  return [commandFor('CaptureLead', sessionId, input)];
}

function followUp(
  leadId: string,
  { reason, inHours }: { readonly reason: string; readonly inHours: number | undefined },
): CommandReaction {
  const input = inHours === undefined ? { reason } : { reason, inHours };
  return commandFor('RequestLeadFollowUp', leadId, input);
}

function commandFor(command: string, id: string, input: object): CommandReaction {
  return { kind: 'command', category: LEADS, command, id, input };
}

export const LEADS_POLICIES = [abandonIdle, followSessions] as const;
