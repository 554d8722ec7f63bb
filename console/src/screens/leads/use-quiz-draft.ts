/** The draft in the builder: what was changed since it was saved, saving, publishing, what the server says against it. */
import { useBlocker } from '@tanstack/react-router';
import { useState } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { client, useCommand } from '../../api/api.ts';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { shaped } from '../order/order-types.ts';
import { cleaned, unwritten, type Draft, type Fault } from './quiz-draft.ts';
import { words } from './words-quiz.ts';

export interface Seen {
  readonly version: number;
  readonly draft: Draft;
}

const AGAIN = ['GET /v1/leads/quizzes', 'GET /v1/leads/quizzes/{id}'] as const;
const PRECONDITION_FAILED = 412;

/** Those that a refusal to publish names. */
function faultsIn(error: CallFailed): readonly Fault[] {
  return shaped<readonly Fault[] | undefined>(error.details['faults']) ?? [];
}

const isSame = (one: Draft, other: Draft): boolean =>
  JSON.stringify(cleaned(one)) === JSON.stringify(cleaned(other));

/** Saves the draft; what the server knows of it, and holds against it. */
function useSaving(of: { readonly id: string; readonly first: Seen; readonly draft: Draft }) {
  const { id, draft } = of;
  const t = useWords(words);
  const [seen, setSeen] = useState(of.first);
  const [newest, setNewest] = useState<Seen | null>(null);
  /** Null until somebody asked. */
  const [faults, setFaults] = useState<readonly Fault[] | null>(null);
  const saving = useCommand('POST /v1/leads/quizzes/{id}/save-draft', { again: AGAIN });
  const save = (ifMatch: number, then: (version: number) => void): void => {
    const definition = cleaned(draft);
    const missing = unwritten(definition);
    if (missing.length > 0) {
      setFaults(missing);
      return;
    }
    const refused = async ({ status }: CallFailed): Promise<void> => {
      if (status !== PRECONDITION_FAILED) return;
      const { body } = await client.call('GET /v1/leads/quizzes/{id}', { params: { id } });
      const now = shaped<Seen>(body);
      // Closed or opened meanwhile: the draft is nobody else's, so it may be saved on top.
      if (isSame(now.draft, seen.draft) && now.version !== ifMatch) save(now.version, then);
      else setNewest(now);
    };
    saving.mutate(
      { params: { id }, ifMatch, body: { definition } },
      {
        onSuccess: (answer) => {
          setSeen({ version: answer.version, draft: definition });
          setNewest(null);
          setFaults(answer.faults);
          toast(t('saved'));
          if (answer.faults.length === 0) then(answer.version);
        },
        // Where it cannot be read again, the refusal itself is shown.
        onError: (error) => void refused(error).catch(() => setNewest(null)),
      },
    );
  };
  return { seen, setSeen, newest, faults, setFaults, saving, save };
}

export function useQuizDraft(id: string, first: Seen) {
  const t = useWords(words);
  const [draft, setDraft] = useState(first.draft);
  const { seen, setSeen, newest, faults, setFaults, saving, save } = useSaving({
    id,
    first,
    draft,
  });
  const publishing = useCommand('POST /v1/leads/quizzes/{id}/publish', { again: AGAIN });
  const isDirty = !isSame(draft, seen.draft);
  // Somebody else saved it, or closed it, while nothing was typed here.
  if (first.version > seen.version && !isDirty) {
    setSeen(first);
    setDraft(first.draft);
  }
  useGuard(isDirty, t('leave'));
  const publish = (): void =>
    save(seen.version, (ifMatch) =>
      publishing.mutate(
        { params: { id }, ifMatch, body: {} },
        {
          onSuccess: ({ version }) => {
            setSeen((now) => ({ ...now, version }));
            toast(t('published'));
          },
          onError: (error) => {
            if (error.code === 'QUIZ_FAULTY') setFaults(faultsIn(error));
          },
        },
      ),
    );
  return {
    draft,
    setDraft,
    seen,
    newest,
    faults,
    isDirty,
    isBusy: saving.isPending || publishing.isPending,
    error: saving.error ?? publishing.error,
    save: (ifMatch: number) => {
      publishing.reset();
      save(ifMatch, () => undefined);
    },
    publish,
  };
}

/** Asks before what was typed is lost; another tab of the same screen loses nothing. */
function useGuard(isDirty: boolean, question: string): void {
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      // The browser's own question is the one that also guards against closing the tab.
      // oxlint-disable-next-line no-alert
      isDirty && current.pathname !== next.pathname && !globalThis.confirm(question),
    enableBeforeUnload: isDirty,
  });
}
