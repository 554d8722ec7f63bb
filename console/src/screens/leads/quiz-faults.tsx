/** What the server, or the editor itself, has to say against a draft, beside what it concerns. */
import type { ReactElement } from 'react';
import { Icon } from '../../design/icons.tsx';
import { LOCALES, type Language } from '../../words/define-words.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { nameOf, type Draft, type Fault } from './quiz-draft.ts';
import { faultWords } from './words-faults.ts';

const CODES: ReadonlySet<string> = new Set(Object.keys(faultWords.en));

function isKnown(code: string): code is keyof typeof faultWords.en {
  return CODES.has(code);
}

/** Ids as the words they stand for: questions by their titles, languages by their names. */
function namesOf(fault: Fault, draft: Draft, language: Language): string {
  const tongues = new Intl.DisplayNames(LOCALES[language], { type: 'language' });
  return fault.names
    .map((name) => {
      if (fault.code === 'TRANSLATION_MISSING') return tongues.of(name) ?? name;
      const question = draft.questions.find(({ id }) => id === name);
      return question === undefined ? name : nameOf(question, language);
    })
    .join(fault.code === 'LOOP' ? ' → ' : ', ');
}

export function FaultNotes({
  faults,
  draft,
}: {
  readonly faults: readonly Fault[];
  readonly draft: Draft;
}): ReactElement | null {
  const t = useWords(faultWords);
  const language = useLanguage();
  if (faults.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 rounded-control border border-wine bg-wine-soft px-3 py-2">
      {faults.map((fault) => (
        <li
          key={`${fault.code} ${fault.at ?? ''} ${fault.names.join(' ')}`}
          className="flex gap-2 text-13"
        >
          <Icon name="warning" className="mt-0.5 text-wine" />
          <span dir="auto" className="min-w-0 flex-1 break-words">
            {isKnown(fault.code)
              ? t(fault.code, { names: namesOf(fault, draft, language) })
              : fault.code}
          </span>
        </li>
      ))}
    </ul>
  );
}
