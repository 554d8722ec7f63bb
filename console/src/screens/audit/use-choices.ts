/** What the filters of the audit offer: who acted, and what was done, by their names in the reader's order. */
import { useMemo } from 'react';
import type { Option } from '../../design/index.ts';
import { ACTORS, actorWords } from '../../words/audit/actor-words.ts';
import { ACTIONS, actionWords } from '../../words/audit/action-words.ts';
import { LOCALES, type Language } from '../../words/define-words.ts';
import { useLanguage } from '../../words/language.ts';
import { useEveryName } from '../../words/names/use-names.ts';
import { useColleagues, useKeyNames } from '../generated/use-actors.ts';

export function useActorChoices(): readonly Option[] {
  const language = useLanguage();
  const colleagues = useColleagues();
  const keys = useKeyNames();
  return useMemo(() => {
    const people = [...colleagues].map(([id, name]) => ({ value: `user:${id}`, label: name }));
    const programs = [...keys].map(([value, label]) => ({ value, label }));
    const others = Object.keys(ACTORS).map((value) => ({
      value,
      label: actorWords(value, language) ?? value,
    }));
    return [people, programs, others].flatMap((part) => sorted(part, language));
  }, [colleagues, keys, language]);
}

export function useActionChoices(): readonly Option[] {
  const language = useLanguage();
  const namesOf = useEveryName();
  return useMemo(() => {
    const choices = Object.keys(ACTIONS).map((value) => ({
      value,
      label: actionWords({ action: value }, language, namesOf),
    }));
    return sorted(choices, language);
  }, [language, namesOf]);
}

/** What the address asks for stays chosen though no choice names it, such as `webhook.*`. */
export function withAsked(choices: readonly Option[], asked: string): readonly Option[] {
  return asked === '' || choices.some(({ value }) => value === asked)
    ? choices
    : [{ value: asked, label: asked }, ...choices];
}

function sorted(choices: readonly Option[], language: Language): readonly Option[] {
  const { compare } = new Intl.Collator(LOCALES[language]);
  return choices.toSorted((a, b) => compare(a.label, b.label));
}
