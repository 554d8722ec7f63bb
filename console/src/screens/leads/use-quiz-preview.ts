/** Asking the server about a draft: what is wrong with it while it is built, and where answers lead while it is tried. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { CallFailed } from '../../../../src/client/client.ts';
import { allows, useSession } from '../../api/session.ts';
import { useLanguage } from '../../words/language.ts';
import { callGeneric } from '../generated/generic-calls.ts';
import { shaped } from '../order/order-types.ts';
import { cleaned, unwritten, type Draft, type Fault } from './quiz-draft.ts';
import { previewable, type AnswerValue, type Given, type Preview } from './quiz-preview.ts';

const PREVIEW = 'POST /v1/leads/quizzes/preview';
/** After the last key: a draft is asked about when somebody pauses, not for every letter. */
const SETTLED_MS = 700;

interface Asked {
  readonly definition: Draft;
  readonly language?: string;
  readonly answers?: readonly Given[];
}

async function ask(asked: Asked, signal?: AbortSignal): Promise<Preview> {
  return shaped<Preview>(
    await callGeneric(PREVIEW, { body: asked, ...(signal === undefined ? {} : { signal }) }),
  );
}

function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** Everything that keeps the draft from being published, a moment after it was changed; null while nobody knows. */
export function useDraftFaults(draft: Draft): readonly Fault[] | null {
  const { permissions } = useSession();
  const settled = useSettled(draft);
  const definition = previewable(settled);
  const read = useQuery<Preview, CallFailed>({
    queryKey: [PREVIEW, definition],
    queryFn: ({ signal }) => ask({ definition: definition ?? settled }, signal),
    enabled: definition !== null && allows(permissions, 'leads:quizzes'),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (read.data === undefined) return null;
  return [...unwritten(cleaned(settled)), ...read.data.faults];
}

/** A try: the answers so far, and what the server says of them. */
export function useTry(definition: Draft) {
  const reader = useLanguage();
  const { languages } = definition;
  const [language, setLanguage] = useState(
    languages.find((tag) => tag.startsWith(reader)) ?? languages[0] ?? 'en',
  );
  const [answers, setAnswers] = useState<readonly Given[]>([]);
  const [now, setNow] = useState<Preview | null>(null);
  const [refused, setRefused] = useState<Preview['refused']>(null);
  const [error, setError] = useState<CallFailed | null>(null);
  const [isBusy, setBusy] = useState(false);
  /** What was typed stays where the server was not reached or refuses the answer. */
  const run = async (given: readonly Given[], wished: string): Promise<void> => {
    setBusy(true);
    try {
      const next = await ask({ definition, language: wished, answers: given });
      setError(null);
      setRefused(given.length === 0 ? null : next.refused);
      setLanguage(wished);
      if (next.refused === null || given.length === 0) {
        setAnswers(given);
        setNow(next);
      }
    } catch (failure) {
      if (!(failure instanceof CallFailed)) throw failure;
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return {
    language,
    answers,
    now,
    refused,
    error,
    isBusy,
    begin: () => void run([], language),
    give: (questionId: string, value: AnswerValue) =>
      void run([...answers, { questionId, value }], language),
    back: () => void run(answers.slice(0, -1), language),
    speak: (wished: string) => void run(answers, wished),
  };
}
