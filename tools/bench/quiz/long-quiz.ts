import type { QuizDefinition } from '../../../src/modules/leads/index.ts';

/** As many as a quiz may have, so that a session lasts for a minute of one answer a second. */
export const QUESTIONS = 60;
/** Every so many questions one asks for words, which are sealed for the person. */
const TEXT_EVERY = 5;
/** Of these questions each session answers every so many: a fresh person's key now and then, not all at once. */
const WORDS_EVERY = 4;

const isText = (number: number): boolean => number % TEXT_EVERY === TEXT_EVERY - 1;

export function longQuiz(): QuizDefinition {
  return {
    title: { en: 'A long quiz' },
    languages: ['en'],
    questions: Array.from({ length: QUESTIONS }, (_, number) => {
      const asked = { id: `q${number}`, title: { en: `Question ${number}` } };
      if (isText(number)) return { ...asked, kind: 'text' as const, required: false };
      const options = ['a', 'b', 'c'].map((id, score) => ({ id, label: { en: id }, score }));
      return { ...asked, kind: 'single' as const, required: true, options };
    }),
    endings: [{ id: 'end', title: { en: 'Thank you' }, scoreFrom: null }],
  };
}

/** JSON text of the answer of a session to a question, in ASCII. */
export function answerText(session: number, question: number): string {
  const words = (session + Math.floor(question / TEXT_EVERY)) % WORDS_EVERY === 0;
  const option = 'abc'.charAt((session + question) % 3);
  const value = isText(question)
    ? words
      ? `"What session ${session} said"`
      : 'null'
    : `"${option}"`;
  return `{"questionId":"q${question}","value":${value}}`;
}
