/** A form that stands on the page: what was changed is saved or taken back at its foot. */
import type { ReactElement, ReactNode } from 'react';
import { Button } from '../../design/buttons.tsx';
import { classes } from '../../design/classes.ts';
import { Card } from '../../design/page.tsx';
import type { Words } from '../../words/define-words.ts';
import { useWords } from '../../words/language.ts';
import { EditFaults } from './edit-faults.tsx';
import { words } from './edit-words.ts';
import type { Edit } from './use-edit.ts';
import type { Limits } from './use-limits.ts';
import { useUnsaved } from './use-unsaved.ts';

export interface EditCardProps<Part> {
  readonly title?: string | undefined;
  /** A sentence below the title. */
  readonly text?: string | undefined;
  readonly edit: Edit<Part>;
  readonly isReady?: boolean | undefined;
  readonly limits: Limits;
  readonly refusals: Words<string>;
  readonly children: ReactNode;
}

export function EditCard<Part>(props: EditCardProps<Part>): ReactElement {
  const { title, text, edit, isReady = true, limits, refusals, children } = props;
  useUnsaved(edit.isDirty);
  return (
    <Card title={title}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(submit) => {
          submit.preventDefault();
          if (isReady && edit.isDirty) edit.save();
        }}
      >
        {text === undefined ? null : <p className="max-w-prose text-muted">{text}</p>}
        {limits.reason === undefined ? null : (
          <p className="text-13 text-brass-text">{limits.reason}</p>
        )}
        <fieldset disabled={limits.disabled} className="flex min-w-0 flex-col gap-4">
          {children}
        </fieldset>
        <EditFaults edit={edit} refusals={refusals} />
        {limits.disabled ? null : <Foot edit={edit} isReady={isReady} />}
      </form>
    </Card>
  );
}

function Foot<Part>({
  edit,
  isReady,
}: {
  readonly edit: Edit<Part>;
  readonly isReady: boolean;
}): ReactElement {
  const t = useWords(words);
  return (
    <div
      className={classes(
        '-mx-4 -mb-4 flex flex-wrap items-center gap-2 rounded-b-card border-t border-line bg-raised px-4 py-3',
        // What is to be saved stays in sight, however long the form is.
        edit.isDirty && 'sticky bottom-0',
      )}
    >
      <p role="status" className="mr-auto text-13 text-brass-text">
        {edit.isDirty ? t('unsaved') : ''}
      </p>
      {edit.isDirty ? <Button onClick={edit.drop}>{t('undo')}</Button> : null}
      <Button
        kind="primary"
        type="submit"
        isBusy={edit.isBusy}
        disabled={!edit.isDirty || !isReady}
      >
        {t('save')}
      </Button>
    </div>
  );
}
