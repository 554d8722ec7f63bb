/** What an event changed, field by field, in words: what each was and is. */
import type { ReactElement } from 'react';
import { Icon } from '../../design/icons.tsx';
import { useWords } from '../../words/language.ts';
import { NamingContext, useNaming } from '../../words/names/use-names.ts';
import type { Fact } from './story-facts.ts';
import { ValueView } from './value-view.tsx';
import { words } from './words.ts';

export function ChangesView({
  facts,
  most = Infinity,
}: {
  readonly facts: readonly Fact[];
  /** Further ones are only counted. */
  readonly most?: number;
}): ReactElement | null {
  const t = useWords(words);
  const naming = useNaming();
  const { names, within } = naming;
  const [shown, hidden] = [facts.slice(0, most), Math.max(0, facts.length - most)];
  if (facts.length === 0) return null;
  return (
    <ul className="flex min-w-0 flex-col gap-0.5 text-13">
      {shown.map(({ names: [name = '', ...holders], before, after }, place) => (
        <li
          key={`${name} ${String(place)}`}
          className="flex min-w-0 flex-wrap items-baseline gap-x-1.5"
        >
          <span className="text-muted">{names.field(name, [...holders, ...within])}:</span>
          <NamingContext value={{ ...naming, within: [...holders, ...within] }}>
            {isNothing(before) ? null : (
              <>
                <del className="min-w-0 text-muted">
                  <ValueView value={before} name={name} />
                </del>
                <Icon name="arrow-right" size={12} className="self-center text-muted" />
              </>
            )}
            <span className="min-w-0">
              <ValueView value={after} name={name} />
            </span>
          </NamingContext>
        </li>
      ))}
      {hidden === 0 ? null : <li className="text-muted">{t('story-more', { count: hidden })}</li>}
    </ul>
  );
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
