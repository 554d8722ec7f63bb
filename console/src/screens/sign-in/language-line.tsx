/** Languages, for those who are not signed in; each is named in itself. */
import type { ReactElement } from 'react';
import type { Language } from '../../words/define-words.ts';
import { chooseLanguage, useLanguage } from '../../words/language.ts';
import { classes } from '../../design/classes.ts';

const NAMES: readonly (readonly [Language, string])[] = [
  ['en', 'English'],
  ['pl', 'Polski'],
  ['pt', 'Português'],
];

export function LanguageLine(): ReactElement {
  const now = useLanguage();
  return (
    <div className="flex gap-1">
      {NAMES.map(([language, name]) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={language === now}
          onClick={() => chooseLanguage(language)}
          className={classes(
            'h-8 rounded-control px-2 text-13',
            language === now ? 'font-medium text-brand' : 'text-muted',
          )}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
