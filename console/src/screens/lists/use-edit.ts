/**
 * A form about one part of something that others may change too.
 *
 *   untouched --typed--> dirty --save--> saved
 *                          |  412: the part is as it was seen --> sent again with the newer version
 *                          |  412: the part is another         --> conflict: both are shown, `again` sends on top
 *
 * The version stands for the whole (a location, the book of price lists), the form for a part of it, so a newer version
 * alone is no conflict.
 */
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { followUp } from './follow-up.ts';
import { giveOn, isSame, PRECONDITION_FAILED, type GivenOn, type Seen } from './give-on.ts';

export interface Edit<Part> {
  readonly value: Part;
  set(value: Part): void;
  readonly isDirty: boolean;
  readonly isBusy: boolean;
  /** Null while there is a conflict, which says more. */
  readonly error: CallFailed | null;
  readonly conflict: {
    readonly before: unknown;
    readonly after: unknown;
    again(): void;
  } | null;
  save(): void;
  /** Back to what the server has. */
  drop(): void;
}

export interface EditOptions<Part> {
  /** As it is now; what is typed counts from the moment of the first change. */
  readonly current: Seen<Part>;
  readNewest(): Promise<Seen<Part>>;
  /** Gives the command: usually `mutateAsync` of useCommand, which knows repeats and approvals. */
  give(value: Part, on: GivenOn<Part>): Promise<unknown>;
  onSaved?(answer: unknown): void;
}

export function useEdit<Part>(options: EditOptions<Part>): Edit<Part> {
  const { current } = options;
  const [typed, setTyped] = useState<{ readonly seen: Seen<Part>; readonly value: Part } | null>(
    null,
  );
  const [newest, setNewest] = useState<Seen<Part> | null>(null);
  const seen = typed?.seen ?? current;
  const value = typed?.value ?? current.part;
  const giving = useMutation<unknown, CallFailed, Seen<Part>>({
    mutationFn: (base) =>
      giveOn({ ...options, base, value, before: seen.part, onOther: setNewest }),
  });
  const send = (base: Seen<Part>): void => {
    if (giving.isPending) return;
    followUp(giving.mutateAsync(base), (answer) => {
      setTyped(null);
      setNewest(null);
      options.onSaved?.(answer);
    });
  };
  const isConflict = newest !== null && giving.error?.status === PRECONDITION_FAILED;
  return {
    value,
    set: (next) => setTyped({ seen, value: next }),
    isDirty: typed !== null && !isSame(typed.value, seen.part),
    isBusy: giving.isPending,
    error: isConflict ? null : giving.error,
    conflict: isConflict
      ? { before: seen.part, after: newest.part, again: () => send(newest) }
      : null,
    save: () => send(seen),
    drop: () => {
      setTyped(null);
      setNewest(null);
      giving.reset();
    },
  };
}
