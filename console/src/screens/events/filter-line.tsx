/** The filter in one line, with suggestions. Enter or a pause in typing applies it when nothing is wrong. */
import { useId, type ReactElement } from 'react';
import { classes, Icon, IconButton } from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import type { FilterProblem } from './filter-language.ts';
import type { Suggestion } from './suggestions.ts';
import { useFilterField, type FilterLineProps } from './use-filter-field.ts';
import { words } from './words.ts';

export function FilterLine(props: FilterLineProps): ReactElement {
  const t = useWords(words);
  const id = useId();
  const field = useFilterField(props);
  const { input, typed, offers, chosen, problems } = field;
  return (
    <div className="relative min-w-0 flex-1 basis-80">
      <label htmlFor={id} className="sr-only">
        {t('filter')}
      </label>
      <Icon name="filter" className="pointer-events-none absolute top-2.5 left-2.5 text-muted" />
      <input
        id={id}
        ref={input}
        type="text"
        role="combobox"
        aria-expanded={offers.length > 0}
        aria-controls={`${id}-offers`}
        aria-activedescendant={
          chosen >= 0 && offers.length > 0 ? `${id}-offer-${String(chosen)}` : undefined
        }
        aria-autocomplete="list"
        aria-describedby={`${id}-note`}
        aria-invalid={problems.length > 0 ? true : undefined}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        value={typed}
        placeholder={t('filter-hint')}
        onChange={({ target }) => field.type(target.value, target.selectionStart)}
        onSelect={({ currentTarget }) => field.setCaret(currentTarget.selectionStart ?? 0)}
        onClick={() => field.setOpen(true)}
        onKeyDown={field.onKeyDown}
        onBlur={() => field.setOpen(false)}
        className={classes(
          'h-9 w-full min-w-0 rounded-control border bg-raised pr-9 pl-8 font-mono text-13 text-ink placeholder:font-sans placeholder:text-muted',
          problems.length > 0 ? 'border-wine' : 'border-control',
        )}
      />
      {typed === '' ? null : (
        <IconButton
          icon="close"
          size="compact"
          label={t('show-all')}
          className="absolute top-1 right-1"
          onClick={field.clear}
        />
      )}
      <Offers id={id} offers={offers} chosen={chosen} onAccept={field.accept} />
      <Note id={id} problems={problems} />
    </div>
  );
}

function Note({
  id,
  problems,
}: {
  readonly id: string;
  readonly problems: readonly FilterProblem[];
}): ReactElement {
  const t = useWords(words);
  if (problems.length === 0)
    return (
      <p id={`${id}-note`} className="sr-only">
        {t('filter-help')}
      </p>
    );
  return (
    <p id={`${id}-note`} className="mt-1 flex items-start gap-1 text-12 text-wine">
      <Icon name="warning" className="mt-px" />
      <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
        {problems.map((problem) => problemWords(problem, t)).join(' ')}
      </span>
    </p>
  );
}

function problemWords(
  { kind, token, meant }: FilterProblem,
  t: ReturnType<typeof useWords<keyof (typeof words)['en']>>,
): string {
  const short = token.length > 60 ? `${token.slice(0, 60)}…` : token;
  if (kind === 'unknown' && meant !== undefined) return t('problem-meant', { token: short, meant });
  return t(`problem-${kind}`, { token: short });
}

function Offers({
  id,
  offers,
  chosen,
  onAccept,
}: {
  readonly id: string;
  readonly offers: readonly Suggestion[];
  readonly chosen: number;
  onAccept(suggestion: Suggestion): void;
}): ReactElement | null {
  const t = useWords(words);
  return (
    <div
      id={`${id}-offers`}
      // A datalist can neither be styled nor say which offer the arrows are at.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="listbox"
      aria-label={t('suggestions')}
      className={classes(
        'absolute top-10 left-0 z-30 max-h-80 w-max max-w-full min-w-60 overflow-auto rounded-card border border-line bg-raised py-1 shadow-overlay',
        offers.length === 0 && 'hidden',
      )}
    >
      {offers.map((offer, at) => (
        <div
          key={offer.text}
          id={`${id}-offer-${String(at)}`}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
          role="option"
          aria-selected={at === chosen}
          // The field keeps the focus while an offer is clicked.
          onPointerDown={(press) => {
            press.preventDefault();
            onAccept(offer);
          }}
          className={classes(
            'cursor-pointer truncate px-3 py-1.5 font-mono text-13',
            at === chosen ? 'bg-brand-soft' : 'hover:bg-sunken',
          )}
        >
          {offer.text}
        </div>
      ))}
    </div>
  );
}
