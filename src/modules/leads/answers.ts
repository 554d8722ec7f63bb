/** What commands answer beside version and cursor, as it is documented. */
import { Type, type TObject } from 'typebox';

const textOrNull = Type.Union([Type.String(), Type.Null()]);

export function quizResponds(command: string): TObject {
  if (command !== 'SaveQuizDraft' && command !== 'CreateQuiz') return Type.Object({});
  const fault = Type.Object({
    code: Type.String(),
    at: textOrNull,
    names: Type.Array(Type.String()),
  });
  return Type.Object({ faults: Type.Array(fault) });
}

export function sessionResponds(): TObject {
  const result = Type.Object({
    score: Type.Number(),
    grade: textOrNull,
    endingId: textOrNull,
    completedAt: Type.String({ format: 'date-time' }),
  });
  return Type.Object({
    status: Type.String(),
    versionId: Type.String(),
    current: textOrNull,
    language: Type.String(),
    result: Type.Union([result, Type.Null()]),
  });
}
