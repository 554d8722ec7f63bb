/** What stands in the way of saving: a refusal in words, or what somebody else changed meanwhile. */
import type { ReactElement } from 'react';
import type { Words } from '../../words/define-words.ts';
import { Conflict } from './conflict.tsx';
import { Refusal } from './refusal.tsx';
import type { Edit } from './use-edit.ts';

export function EditFaults<Part>({
  edit,
  refusals,
}: {
  readonly edit: Edit<Part>;
  readonly refusals: Words<string>;
}): ReactElement {
  const { conflict, error } = edit;
  if (conflict !== null)
    return <Conflict before={conflict.before} after={conflict.after} onAgain={conflict.again} />;
  return <Refusal error={error} words={refusals} />;
}
