/** A visitor who answers the demo's quiz, question by question. Pure; what a visit is called, its id says. */
import { demoRandom, type DemoRandom } from './demo-random.ts';
import type { DatedStep, EveningStep } from './demo-steps.ts';
import { DEMO_QUIZ, QUIZ_CHOICES, QUIZ_STEP } from './quiz.ts';

const SECONDS_PER_ANSWER = 6;
/** Some close the page half-way: the lead list shows them too. */
const LEAVES_PERCENT = 20;
const NAMES = [
  'Alma',
  'Bruno',
  'Clara',
  'Dario',
  'Elza',
  'Filip',
  'Greta',
  'Ivo',
  'Judyta',
  'Luiz',
];
const LANGUAGES = ['en', 'en', 'pl', 'pt-BR'];
const SOURCES = ['instagram', 'newsletter', 'table-card', 'google'];
/** What a SHA-256 in base64url looks like: nobody has the token of these. */
const HASH_LENGTH = 43;

export function visitSteps(
  visit: { readonly id: string; readonly beginsMs: number },
  random: DemoRandom,
): readonly EveningStep[] {
  const { id, beginsMs } = visit;
  const tokenHash = id.padEnd(HASH_LENGTH, '-').slice(0, HASH_LENGTH);
  const whose = { quizId: DEMO_QUIZ, tokenHash };
  const started = {
    ...whose,
    language: random.one(LANGUAGES),
    attribution: { utmSource: random.one(SOURCES), utmCampaign: 'which-cocktail' },
  };
  const contact = {
    name: random.one(NAMES),
    email: `${id}@example.com`,
    consents: ['email'],
  };
  const answers: (readonly [questionId: string, value: unknown])[] = [
    ...QUIZ_CHOICES.map(
      ({ id: questionId, options }) => [questionId, random.one(options)] as const,
    ),
    ['thirst', 1 + random.below(5)],
    ['contact', contact],
  ];
  const given = random.chance(LEAVES_PERCENT) ? answers.slice(0, 2) : answers;
  return [
    step({ id, command: 'StartQuizSession', input: started, atMs: beginsMs, needed: true }),
    ...given.map(([questionId, value], index) =>
      step({
        id,
        command: 'AnswerQuizQuestion',
        input: { ...whose, questionId, value },
        atMs: beginsMs + (index + 1) * SECONDS_PER_ANSWER * 1000,
        once: `${id}-${questionId}`,
      }),
    ),
  ];
}

const HOUR_MS = 3_600_000;
/** Over the three days before: enough for a funnel. */
const PAST_VISITS = 36;
const PAST_EVERY_MS = 2 * HOUR_MS;
const SEED = 6;

/** The quiz and who answered it before the demo was made, in the order of their moments. */
export function pastVisits(nowMs: number): readonly DatedStep[] {
  const beganMs = nowMs - (PAST_VISITS + 1) * PAST_EVERY_MS;
  const random = demoRandom(SEED);
  const visits = Array.from({ length: PAST_VISITS }, (_, index) => {
    const visit = {
      id: `demo-visit-${index + 1}`,
      beginsMs: beganMs + (index + 1) * PAST_EVERY_MS,
    };
    return visitSteps(visit, random).map(({ needed: _needed, ...given }): DatedStep => given);
  });
  return [{ ...QUIZ_STEP, atMs: beganMs }, ...visits.flat()];
}

function step(of: Omit<EveningStep, 'category'>): EveningStep {
  return { category: 'leads.sessions', ...of };
}
