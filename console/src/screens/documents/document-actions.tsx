/** What can be done with one document: taken away, worked on, deleted. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { ConfirmDialog } from '../../design/dialogs.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { useLimits } from '../lists/use-limits.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { isOpen, isServed, verdictOf, type DocumentRow } from './document-types.ts';
import { useDownload } from './download.ts';
import { JobList } from './jobs.tsx';
import type { Jobs } from './use-jobs.ts';
import { OperationDialog } from './operation-dialog.tsx';
import { ONE_LOCKED, ONE_OPEN, type OperationName } from './operation-forms.ts';
import { operationWords } from './operation-words.ts';
import type { Names } from './use-names.ts';
import { words } from './words.ts';

interface ActionsProps {
  readonly document: DocumentRow;
  readonly jobs: Jobs;
  readonly names: Names;
  onGone(): void;
}

function operationsFor(document: DocumentRow): readonly OperationName[] {
  if (verdictOf(document) === 'locked') return ONE_LOCKED;
  return isOpen(document) ? ONE_OPEN : [];
}

export function Actions({ document, jobs, names, onGone }: ActionsProps): ReactElement {
  const t = useWords(words);
  const limits = useLimits()('documents:write');
  const [isDeleting, setDeleting] = useState(false);
  const download = useDownload();
  const { id } = document;
  const own = jobs.all.filter(
    ({ inputs, resultIds }) => inputs.includes(id) || resultIds.includes(id),
  );
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Button
          kind="primary"
          icon="download"
          disabled={!isServed(document)}
          onClick={() => download(document.id)}
        >
          {t('download')}
        </Button>
        <WorkButton document={document} jobs={jobs} names={names} />
        <Button kind="danger" icon="trash" {...limits} onClick={() => setDeleting(true)}>
          {t('delete')}
        </Button>
      </div>
      {own.length === 0 ? null : <JobList jobs={own} names={names} />}
      {isDeleting ? (
        <DeleteDialog id={document.id} onGone={onGone} onClose={() => setDeleting(false)} />
      ) : null}
    </div>
  );
}

function WorkButton({ document, jobs, names }: Omit<ActionsProps, 'onGone'>): ReactElement | null {
  const say = useWords(operationWords);
  const limits = useLimits()('documents:write');
  const [isAsking, setAsking] = useState(false);
  const operations = operationsFor(document);
  if (operations.length === 0) return null;
  const isLocked = operations === ONE_LOCKED;
  return (
    <>
      <Button
        icon={isLocked ? 'unlock' : 'documents'}
        {...limits}
        onClick={() => {
          jobs.forgetError();
          setAsking(true);
        }}
      >
        {say(isLocked ? 'op-unlock' : 'work-on')}
      </Button>
      {isAsking ? (
        <OperationDialog
          documents={[document]}
          operations={operations}
          jobs={jobs}
          names={names}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

function DeleteDialog(props: {
  readonly id: string;
  onGone(): void;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const { id, onGone, onClose } = props;
  const remove = useCommand('DELETE /v1/documents/{id}', { again: ['GET /v1/documents'] });
  return (
    <ConfirmDialog
      title={t('delete')}
      text={t('delete-text')}
      action={t('delete')}
      isOpen
      isBusy={remove.isPending}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { params: { id } },
          {
            onSuccess: () => {
              toast(t('deleted'));
              onGone();
            },
          },
        )
      }
    >
      <FailureNote error={remove.error} />
    </ConfirmDialog>
  );
}
