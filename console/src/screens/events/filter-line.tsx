/** The filter in one line, with suggestions. Enter or a pause in typing applies it when nothing is wrong. */
import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { classes, Icon, IconButton } from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import { parseFilter, type FilterProblem } from './filter-language.ts';
import { accepted, suggestionsFor, type Known, type Suggestion } from './suggestions.ts';
import { words } from './words.ts';

/** Long enough for the next letter, short enough to feel like an answer. */
const APPLY_AFTER_MS = 700;

export interface FilterLineProps {
  /** What is applied. */
  readonly line: string;
  readonly known: Known;
  onApply(line: string): void;
}

export function FilterLine({ line, known, onApply }: FilterLineProps): ReactElement {
  const t = useWords(words);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(line);
  const [caret, setCaret] = useState(line.length);
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const offers = isOpen ? suggestionsFor(typed, caret, known) : [];
  const { problems } = parseFilter(typed);
  // Another tab or the back button: what is applied changed from outside.
  useEffect(() => setTyped(line), [line]);
  const apply = useEffectEvent((next: string) => onApply(next.trim()));
  useEffect(() => {
    if (typed.trim() === line || problems.length > 0) return undefined;
    const timer = setTimeout(() => apply(typed), APPLY_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed, line, problems.length]);
  const accept = (suggestion: Suggestion): void => {
    const next = accepted(typed, caret, suggestion);
    setTyped(next.line);
    setCaret(next.caret);
    setChosen(-1);
    setOpen(suggestion.isName);
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  const onKeyDown = (press: KeyboardEvent): void => {
    const offer = offers[chosen];
    if (press.key === 'ArrowDown' || press.key === 'ArrowUp') {
      press.preventDefault();
      setOpen(true);
      const step = press.key === 'ArrowDown' ? 1 : -1;
      if (offers.length > 0) setChosen((chosen + step + offers.length) % offers.length);
    } else if ((press.key === 'Enter' || press.key === 'Tab') && offer !== undefined) {
      press.preventDefault();
      accept(offer);
    } else if (press.key === 'Enter') {
      setOpen(false);
      if (problems.length === 0) onApply(typed.trim());
    } else if (press.key === 'Escape' && isOpen) {
      press.preventDefault();
      setOpen(false);
    }
  };
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
        aria-activedescendant={chosen >= 0 && offers.length > 0 ? `${id}-offer-${String(chosen)}` : undefined}
        aria-autocomplete="list"
        aria-describedby={`${id}-note`}
        aria-invalid={problems.length > 0 && !isOpen ? true : undefined}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        value={typed}
        placeholder={t('filter-hint')}
        onChange={(change) => {
          setTyped(change.target.value);
          setCaret(change.target.selectionStart ?? change.target.value.length);
          setChosen(-1);
          setOpen(true);
        }}
        onSelect={(selection) => setCaret(selection.currentTarget.selectionStart ?? 0)}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
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
          onClick={() => {
            setTyped('');
            onApply('');
          }}
        />
      )}
      <Offers id={id} offers={offers} chosen={chosen} onAccept={accept} />
      <p id={`${id}-note`} className={problems.length === 0 ? 'sr-only' : 'mt-1 flex items-start gap-1 text-12 text-wine'}>
        {problems.length === 0 ? (
          t('filter-help')
        ) : (
          <>
            <Icon name="warning" className="mt-px" />
            <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
              {problems.map((problem) => problemWords(problem, t)).join(' ')}
            </span>
          </>
        )}
      </p>
    </div>
  );
}

function problemWords({ kind, token, meant }: FilterProblem, t: ReturnType<typeof useWords<keyof (typeof words)['en']>>): string {
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
    <ul
      id={`${id}-offers`}
      role="listbox"
      aria-label={t('suggestions')}
      className={classes(
        'absolute top-10 left-0 z-30 max-h-80 w-max max-w-full min-w-60 overflow-auto rounded-card border border-line bg-raised py-1 shadow-overlay',
        offers.length === 0 && 'hidden',
      )}
    >
      {offers.map((offer, at) => (
        <li
          key={offer.text}
          id={`${id}-offer-${String(at)}`}
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
        </li>
      ))}
    </ul>
  );
}
