/** A refusal said in the words of its screen; codes that the screen has no words for are said as everywhere. */
import type { ReactElement } from 'react';
import { CallFailed } from '../../../../src/client/client.ts';
import { say, type Words } from '../../words/define-words.ts';
import { Icon } from '../../design/icons.tsx';
import { useLanguage } from '../../words/language.ts';
import { FailureNote } from '../order/failure-note.tsx';

export function Refusal({
  error,
  words,
}: {
  readonly error: Error | null;
  readonly words: Words<string>;
}): ReactElement | null {
  const language = useLanguage();
  if (error === null) return null;
  if (!(error instanceof CallFailed)) return <p role="alert">{error.message}</p>;
  if (!Object.hasOwn(words.en, error.code)) return <FailureNote error={error} />;
  const values = Object.fromEntries(
    Object.entries(error.details).filter(
      (pair): pair is [string, string | number] =>
        typeof pair[1] === 'string' || typeof pair[1] === 'number',
    ),
  );
  return (
    <div
      role="alert"
      className="flex gap-2 rounded-control border border-wine bg-wine-soft px-3 py-2"
    >
      <Icon name="warning" size={20} className="text-wine" />
      <div className="min-w-0 flex-1">
        <p className="break-words">{say(words, language, { key: error.code, values })}</p>
        <p className="font-mono text-12 break-all text-muted-on-soft">
          {error.code} · {error.traceId}
        </p>
      </div>
    </div>
  );
}
