/** What the parts of a question in the builder are given. */
import type { Draft, Fault, Question } from './quiz-draft.ts';

export interface KindProps {
  readonly draft: Draft;
  readonly question: Question;
  onChange(question: Question): void;
}

export interface QuestionProps {
  readonly draft: Draft;
  readonly question: Question;
  readonly faults: readonly Fault[];
  readonly place: number;
  readonly isOpen: boolean;
  onOpen(isOpen: boolean): void;
  onChange(question: Question): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}
