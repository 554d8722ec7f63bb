/** What whoever answers a quiz may see of it, in one language: no scores, no jumps, no bounds of endings. Pure. */
import { inLanguage, type Question, type QuizDefinition } from './definition.ts';

export function publicQuiz(definition: QuizDefinition, language: string): object {
  const { title, languages, questions } = definition;
  return {
    title: inLanguage(title, language),
    language,
    languages,
    questions: questions.map((question) => publicQuestion(question, language)),
  };
}

function publicQuestion(question: Question, language: string): object {
  const { id, kind, title, help, required, options, consents, fields } = question;
  const { choicesMin, choicesMax, min, max, lengthMax } = question;
  const members = { choicesMin, choicesMax, min, max, lengthMax, fields };
  const given = Object.entries(members).filter(([, value]) => value !== undefined);
  return {
    id,
    kind,
    title: inLanguage(title, language),
    ...(help === undefined ? {} : { help: inLanguage(help, language) }),
    required,
    ...(options === undefined
      ? {}
      : {
          options: options.map(({ id: option, label }) => ({
            id: option,
            label: inLanguage(label, language),
          })),
        }),
    ...Object.fromEntries(given),
    ...(consents === undefined
      ? {}
      : {
          consents: consents.map(({ channel, wording, required: isRequired }) => ({
            channel,
            wording: inLanguage(wording, language),
            required: isRequired,
          })),
        }),
  };
}

/** The ending as it is shown; null where there is none with this id. */
export function publicEnding(
  { endings }: QuizDefinition,
  endingId: string | null,
  language: string,
): object | null {
  const ending = endings.find(({ id }) => id === endingId);
  if (ending === undefined) return null;
  const { id, title, text } = ending;
  return {
    id,
    title: inLanguage(title, language),
    text: text === undefined ? null : inLanguage(text, language),
  };
}
