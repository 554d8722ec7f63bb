/** One document: the verdict in words, why, what was taken out, and what can be done with it. */
import { useState, type ReactElement } from 'react';
import { useCommand, useRead } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { ConfirmDialog, Drawer } from '../../design/dialogs.tsx';
import { SelectField } from '../../design/fields.tsx';
import { Badge, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Facts } from '../../design/page.tsx';
import { Moment, Mono } from '../../design/texts.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { useLimits } from '../guests/use-may.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { shaped } from '../order/order-types.ts';
import {
  OPERATIONS,
  VERDICT_TONES,
  verdictOf,
  type DocumentRow,
  type SimpleOperation,
} from './document-types.ts';
import { download, type Jobs } from './jobs.tsx';
import { words } from './words.ts';

const LOOK_AGAIN_MS = 1500;

export function DocumentDrawer(props: {
  readonly id: string;
  readonly jobs: Jobs;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const { id, jobs, onClose } = props;
  const [isJudged, setJudged] = useState(false);
  const read = useRead(
    'GET /v1/documents/{id}',
    { params: { id } },
    isJudged ? {} : { everyMs: LOOK_AGAIN_MS },
  );
  const document = shaped<DocumentRow | undefined>(read.data);
  if (document?.status === 'judged' && !isJudged) setJudged(true);
  return (
    <Drawer title={t('document')} isOpen onClose={onClose}>
      {read.error === null ? null : (
        <ErrorNote error={read.error} onRetry={() => void read.refetch()} />
      )}
      {document === undefined ? (
        <Skeleton lines={6} />
      ) : (
        <What document={document} jobs={jobs} onGone={onClose} />
      )}
    </Drawer>
  );
}

function What(props: {
  readonly document: DocumentRow;
  readonly jobs: Jobs;
  onGone(): void;
}): ReactElement {
  const t = useWords(words);
  const { document, jobs, onGone } = props;
  const verdict = verdictOf(document);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col items-start gap-2">
        <Badge tone={VERDICT_TONES[verdict]}>{t(verdict)}</Badge>
        {verdict === 'judging' ? null : <p>{t(`${verdict}-text`)}</p>}
        <ul className="flex flex-col gap-1">
          {document.reasons.map(({ code, detail }) => (
            <li key={code} className="break-words">
              {detail} <code className="text-12 text-muted">{code}</code>
            </li>
          ))}
        </ul>
      </div>
      {document.removed.length === 0 ? null : (
        <section>
          <h3 className="pb-1 text-14">{t('removed')}</h3>
          <ul className="flex flex-col gap-1">
            {document.removed.map(({ code, count }) => (
              <li key={code} className="flex justify-between gap-3">
                <code className="text-13">{code}</code>
                <span>{count}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Actions document={document} jobs={jobs} onGone={onGone} />
      <Facts
        facts={[
          [t('pages'), document.pages],
          [t('created'), <Moment key="created" at={document.createdAt} />],
          [
            t('expires'),
            document.expiresAt === null ? null : <Moment key="expires" at={document.expiresAt} />,
          ],
          [
            'SHA-256',
            <Mono key="sha" copy>
              {document.sha256}
            </Mono>,
          ],
          [
            'Id',
            <Mono key="id" copy>
              {document.id}
            </Mono>,
          ],
        ]}
      />
    </div>
  );
}

/** What Actions works with. */
function useActions(props: {
  readonly document: DocumentRow;
  readonly jobs: Jobs;
  onGone(): void;
}) {
  const t = useWords(words);
  const { document, jobs, onGone } = props;
  const limits = useLimits()('documents:write');
  const [operation, setOperation] = useState<SimpleOperation>('text');
  const [isDeleting, setDeleting] = useState(false);
  const remove = useCommand('DELETE /v1/documents/{id}', { again: ['GET /v1/documents'] });
  const verdict = verdictOf(document);
  const isUsable = verdict === 'clean' || verdict === 'disarmed';
  return {
    t,
    document,
    jobs,
    onGone,
    limits,
    operation,
    setOperation,
    isDeleting,
    setDeleting,
    remove,
    isUsable,
  };
}

function DeleteDialog({
  t,
  document,
  onGone,
  isDeleting,
  setDeleting,
  remove,
}: Pick<
  ReturnType<typeof useActions>,
  't' | 'document' | 'onGone' | 'isDeleting' | 'setDeleting' | 'remove'
>): ReactElement {
  return (
    <ConfirmDialog
      title={t('delete')}
      text={t('delete-text')}
      action={t('delete')}
      isOpen={isDeleting}
      isBusy={remove.isPending}
      onClose={() => setDeleting(false)}
      onConfirm={() =>
        remove.mutate(
          { params: { id: document.id } },
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

function Actions(props: {
  readonly document: DocumentRow;
  readonly jobs: Jobs;
  onGone(): void;
}): ReactElement {
  const {
    t,
    document,
    jobs,
    onGone,
    limits,
    operation,
    setOperation,
    isDeleting,
    setDeleting,
    remove,
    isUsable,
  } = useActions(props);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Button
          kind="primary"
          icon="download"
          disabled={!isUsable}
          onClick={() => void download(document.id)}
        >
          {t('download')}
        </Button>
        <Button kind="danger" icon="trash" {...limits} onClick={() => setDeleting(true)}>
          {t('delete')}
        </Button>
      </div>
      {isUsable ? (
        <div className="flex items-end gap-2">
          <SelectField
            className="min-w-0 flex-1"
            label={t('operation')}
            value={operation}
            onChange={setOperation}
            options={OPERATIONS.map((value) => ({ value, label: t(`op-${value}`) }))}
          />
          <Button
            {...limits}
            isBusy={jobs.isBusy}
            onClick={() => jobs.start(operation, [document.id])}
          >
            {t('go')}
          </Button>
        </div>
      ) : null}
      <FailureNote error={jobs.error} />
      <DeleteDialog
        t={t}
        document={document}
        onGone={onGone}
        isDeleting={isDeleting}
        setDeleting={setDeleting}
        remove={remove}
      />
    </div>
  );
}
