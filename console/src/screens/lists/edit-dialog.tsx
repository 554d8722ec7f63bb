/** A dialog around the form of one thing: saves it, shows both values of a conflict, asks before it throws anything away. */
import { useState, type ReactElement, type ReactNode } from 'react';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import type { Words } from '../../words/define-words.ts';
import { useWords } from '../../words/language.ts';
import { EditFaults } from './edit-faults.tsx';
import { words } from './edit-words.ts';
import type { Edit } from './use-edit.ts';
import { useUnsaved } from './use-unsaved.ts';

export interface EditDialogProps<Part> {
  readonly title: string;
  readonly edit: Edit<Part>;
  /** Whether what must be filled in is. */
  readonly isReady: boolean;
  /** What is new is saved as it was proposed, too. */
  readonly isNew?: boolean | undefined;
  /** What the button says instead of "Save". */
  readonly action?: string | undefined;
  readonly size?: 'small' | 'normal' | 'wide' | undefined;
  /** Words of the refusals of its commands. */
  readonly refusals: Words<string>;
  /** At the start of the foot: what else can be done to the thing. */
  readonly beside?: ReactNode;
  onClose(): void;
  readonly children: ReactNode;
}

export function EditDialog<Part>(props: EditDialogProps<Part>): ReactElement {
  const { title, edit, size, refusals, onClose, children } = props;
  const canSave = props.isReady && (edit.isDirty || props.isNew === true);
  const t = useWords(words);
  const [isLeaving, setLeaving] = useState(false);
  useUnsaved(edit.isDirty);
  return (
    <Dialog
      title={title}
      size={size}
      isOpen
      onClose={() => (edit.isDirty ? setLeaving(true) : onClose())}
      footer={
        isLeaving ? (
          <Leaving onStay={() => setLeaving(false)} onLeave={onClose} />
        ) : (
          <Foot {...props} canSave={canSave} />
        )
      }
    >
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(submit) => {
          submit.preventDefault();
          if (canSave) edit.save();
        }}
      >
        {children}
        <EditFaults edit={edit} refusals={refusals} />
        {/* Enter in a field saves, as the button in the foot does. */}
        <button type="submit" hidden>
          {t('save')}
        </button>
      </form>
    </Dialog>
  );
}

function Foot<Part>({
  edit,
  canSave,
  action,
  beside,
}: Pick<EditDialogProps<Part>, 'edit' | 'action' | 'beside'> & {
  readonly canSave: boolean;
}): ReactElement {
  const t = useWords(words);
  return (
    <>
      {beside === undefined ? null : <span className="mr-auto flex gap-2">{beside}</span>}
      <Button kind="primary" isBusy={edit.isBusy} disabled={!canSave} onClick={edit.save}>
        {action ?? t('save')}
      </Button>
    </>
  );
}

function Leaving({ onStay, onLeave }: { onStay(): void; onLeave(): void }): ReactElement {
  const t = useWords(words);
  return (
    <>
      <p role="alert" className="mr-auto self-center text-brass-text">
        {t('discard-text')}
      </p>
      <Button onClick={onLeave}>{t('discard')}</Button>
      <Button kind="primary" onClick={onStay}>
        {t('keep-writing')}
      </Button>
    </>
  );
}
