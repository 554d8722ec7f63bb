/** The state of the filter line: what is typed, what is offered, and when it is applied. */
import {
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react';

import { parseFilter, type FilterProblem } from './filter-language.ts';
import { accepted, suggestionsFor, type Known, type Suggestion } from './suggestions.ts';

/** Long enough for the next letter, short enough to feel like an answer. */
const APPLY_AFTER_MS = 700;

export interface FilterField {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly typed: string;
  readonly offers: readonly Suggestion[];
  /** Place of the offer that the arrows are at; -1 for none. */
  readonly chosen: number;
  readonly problems: readonly FilterProblem[];
  type(text: string, caret: number | null): void;
  setCaret(caret: number): void;
  setOpen(isOpen: boolean): void;
  accept(suggestion: Suggestion): void;
  clear(): void;
  onKeyDown(press: KeyboardEvent): void;
}

export function useFilterField({ line, known, onApply }: FilterLineProps): FilterField {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useTyped(line, onApply);
  const [caret, setCaret] = useState(line.length);
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const offers = isOpen ? suggestionsFor(typed, caret, known) : [];
  const { problems } = parseFilter(typed);
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
  const enter = (): void => {
    setOpen(false);
    if (problems.length === 0) onApply(typed.trim());
  };
  const onKeyDown = (press: KeyboardEvent): void => {
    const offer = offers[chosen];
    const step = STEPS[press.key];
    if (step !== undefined) {
      setOpen(true);
      if (offers.length > 0)
        setChosen((Math.max(chosen, step < 0 ? 0 : -1) + step + offers.length) % offers.length);
    } else if ((press.key === 'Enter' || press.key === 'Tab') && offer !== undefined) accept(offer);
    else if (press.key === 'Escape' && isOpen) setOpen(false);
    else if (press.key === 'Enter') enter();
    else return;
    press.preventDefault();
  };
  const type = (text: string, at: number | null): void => {
    setTyped(text);
    setCaret(at ?? text.length);
    setChosen(-1);
    setOpen(true);
  };
  const clear = (): void => {
    setTyped('');
    onApply('');
  };
  return {
    input,
    typed,
    offers,
    chosen,
    problems,
    type,
    setCaret,
    setOpen,
    accept,
    clear,
    onKeyDown,
  };
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** What is typed; it applies itself after a pause when nothing is wrong with it. */
function useTyped(
  line: string,
  onApply: (line: string) => void,
): readonly [string, (text: string) => void] {
  const [typed, setTyped] = useState(line);
  const [applied, setApplied] = useState(line);
  // Another tab or the back button: what is applied changed from outside.
  if (applied !== line) {
    setApplied(line);
    if (typed.trim() !== line) setTyped(line);
  }
  const isWrong = parseFilter(typed).problems.length > 0;
  const apply = useEffectEvent((next: string) => onApply(next.trim()));
  useEffect(() => {
    if (typed.trim() === line || isWrong) return undefined;
    const timer = setTimeout(() => apply(typed), APPLY_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed, line, isWrong]);
  return [typed, setTyped];
}

export interface FilterLineProps {
  /** What is applied. */
  readonly line: string;
  readonly known: Known;
  onApply(line: string): void;
}
