/** Leads: quizzes that anybody may answer, sessions, and who came of them. The only door of this folder. */
import { quizResponds, sessionResponds } from './answers.ts';
import { defineAggregate } from '../../core/aggregate.ts';
import { defineModule } from '../../core/module.ts';
import { LEAD_COMMANDS, LEAD_REFUSALS, type LeadCommand } from './commands.ts';
import { consults as consultsCustomer, decide as decideLead } from './decide.ts';
import { LEAD_EVENTS, type LeadEvent } from './events.ts';
import { LEADS_POLICIES } from './policies.ts';
import { QUIZ_COMMANDS, QUIZ_REFUSALS, type QuizCommand } from './quizzes/commands.ts';
import { faultsOf } from './quizzes/check.ts';
import { decide as decideQuiz } from './quizzes/decide.ts';
import { QUIZ_EVENTS, type QuizEvent } from './quizzes/events.ts';
import { quizList } from './quizzes/read-models/quiz-list.ts';
import {
  evolve as evolveQuiz,
  initialState as noQuiz,
  QUIZZES,
  view as viewQuiz,
  type QuizState,
} from './quizzes/state.ts';
import { leadList } from './read-models/lead-list.ts';
import { SESSION_COMMANDS, SESSION_REFUSALS, type SessionCommand } from './sessions/commands.ts';
import { consults as consultsQuiz, decide as decideSession } from './sessions/decide.ts';
import { SESSION_EVENTS, type SessionEvent } from './sessions/events.ts';
import { quizFunnel } from './sessions/read-models/funnel.ts';
import { sessionList } from './sessions/read-models/session-list.ts';
import {
  evolve as evolveSession,
  initialState as noSession,
  SESSIONS,
  view as viewSession,
  type SessionState,
} from './sessions/state.ts';
import { evolve as evolveLead, initialState as noLead, LEADS, type LeadState } from './state.ts';

export {
  leadCaptured,
  leadContactChanged,
  leadFollowUpDone,
  leadFollowUpRequested,
  leadLinkedToCustomer,
  leadMoved,
  leadQualified,
  type LeadEvent,
  type Stage,
} from './events.ts';
export { EXAMPLE_QUIZ, SHORT_QUIZ } from './quizzes/examples.ts';
export type { QuizDefinition } from './quizzes/definition.ts';
export { leadList } from './read-models/lead-list.ts';
export { leadRoutes } from './routes.ts';
export {
  quizContactGiven,
  quizSessionAbandoned,
  quizSessionCompleted,
  type SessionEvent,
} from './sessions/events.ts';
export { LEADS, type KnownLead, type LeadState } from './state.ts';

const lead = defineAggregate<LeadState, LeadCommand, LeadEvent>({
  category: LEADS,
  stateVersion: 1,
  events: LEAD_EVENTS,
  commands: LEAD_COMMANDS,
  refusals: LEAD_REFUSALS,
  initialState: noLead,
  decide: decideLead,
  evolve: evolveLead,
  consults: consultsCustomer,
});

const quizzes = defineAggregate<QuizState, QuizCommand, QuizEvent>({
  category: QUIZZES,
  stateVersion: 1,
  events: QUIZ_EVENTS,
  commands: QUIZ_COMMANDS,
  refusals: QUIZ_REFUSALS,
  initialState: noQuiz,
  decide: decideQuiz,
  evolve: evolveQuiz,
  view: viewQuiz,
  // An editor sees at once what is still missing.
  respond: (state, { type }) =>
    state.status !== 'unknown' && (type === 'SaveQuizDraft' || type === 'CreateQuiz')
      ? { faults: faultsOf(state.draft) }
      : {},
  responds: quizResponds,
});

const sessions = defineAggregate<SessionState, SessionCommand, SessionEvent>({
  category: SESSIONS,
  stateVersion: 1,
  events: SESSION_EVENTS,
  commands: SESSION_COMMANDS,
  refusals: SESSION_REFUSALS,
  initialState: noSession,
  decide: decideSession,
  evolve: evolveSession,
  consults: consultsQuiz,
  view: viewSession,
  respond: (state) => {
    if (state.status === 'unknown') return {};
    const { status, versionId, current, language, result } = state;
    return { status, versionId, current, language, result };
  },
  responds: sessionResponds,
});

export const leads = defineModule({
  name: 'leads',
  title: 'Leads',
  summary:
    'Quizzes that anybody may answer, and the people who may become customers: where they came from, what they said, ' +
    'who gets back to them.',
  aggregates: [
    { aggregate: quizzes, singular: 'quiz', list: quizList },
    { aggregate: sessions, singular: 'session', list: sessionList },
    { aggregate: lead, singular: 'lead', list: leadList },
  ],
  readModels: [quizFunnel],
  policies: [...LEADS_POLICIES],
});
