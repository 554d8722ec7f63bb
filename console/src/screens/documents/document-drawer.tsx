/** One document: the verdict in words, why, what was taken out, and what can be done with it. */
import { useState, type ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { Drawer } from '../../design/dialogs.tsx';
import { Badge, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Facts } from '../../design/page.tsx';
import { Moment, Mono } from '../../design/texts.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { shaped } from '../order/order-types.ts';
import { formatBytes } from './format-bytes.ts';
import { Actions } from './document-actions.tsx';
import { VERDICT_TONES, verdictOf, type DocumentRow } from './document-types.ts';
import type { Jobs } from './use-jobs.ts';
import type { Names } from './use-names.ts';
import { verdictWord, verdictWords } from './words-verdicts.ts';
import { words } from './words.ts';

const LOOK_AGAIN_MS = 1500;

export function DocumentDrawer(props: {
  readonly id: string;
  readonly jobs: Jobs;
  readonly names: Names;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const { id, jobs, names, onClose } = props;
  const [isJudged, setJudged] = useState(false);
  const read = useRead(
    'GET /v1/documents/{id}',
    { params: { id } },
    isJudged ? {} : { everyMs: LOOK_AGAIN_MS },
  );
  const document = shaped<DocumentRow | undefined>(read.data);
  if (document?.status === 'judged' && !isJudged) setJudged(true);
  return (
    <Drawer
      title={document === undefined ? t('document') : names.of(document)}
      isOpen
      onClose={onClose}
    >
      {read.error === null ? null : (
        <ErrorNote error={read.error} onRetry={() => void read.refetch()} />
      )}
      {document === undefined ? (
        <Skeleton lines={6} />
      ) : (
        <What document={document} jobs={jobs} names={names} onGone={onClose} />
      )}
    </Drawer>
  );
}

function What(props: {
  readonly document: DocumentRow;
  readonly jobs: Jobs;
  readonly names: Names;
  onGone(): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { document, jobs, names, onGone } = props;
  const maker = jobs.all.find(({ id }) => id === document.madeBy);
  const verdict = verdictOf(document);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col items-start gap-2">
        <Badge tone={VERDICT_TONES[verdict]}>{t(verdict)}</Badge>
        {verdict === 'judging' ? null : <p>{t(`${verdict}-text`)}</p>}
        {document.reasons.length === 0 ? null : <Reasons of={document.reasons} />}
      </div>
      {document.removed.length === 0 ? null : (
        <section>
          <h3 className="pb-1 text-14">{t('removed')}</h3>
          <ul className="flex flex-col gap-1">
            {document.removed.map(({ code, count }) => (
              <RemovedPart key={code} code={code} count={count} />
            ))}
          </ul>
        </section>
      )}
      <Actions document={document} jobs={jobs} names={names} onGone={onGone} />
      <Facts
        facts={[
          [t('made-by'), maker === undefined ? null : names.ofJob(maker)],
          [t('pages'), document.pages],
          [t('size'), formatBytes(document.bytes, language)],
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

/** In the reader's words where there are some, else in the server's; the code small, for whoever asks about it. */
function Reasons({ of }: { readonly of: DocumentRow['reasons'] }): ReactElement {
  const say = useWords(verdictWords);
  return (
    <ul className="flex flex-col gap-1">
      {of.map(({ code, detail }) => {
        const key = verdictWord('reason', code);
        return (
          <li key={code} className="break-words">
            {key === null ? detail : say(key)} <code className="text-12 text-muted">{code}</code>
          </li>
        );
      })}
    </ul>
  );
}

function RemovedPart({ code, count }: DocumentRow['removed'][number]): ReactElement {
  const say = useWords(verdictWords);
  const key = verdictWord('removed', code);
  return (
    <li className="flex justify-between gap-3">
      <span className="min-w-0 break-words">{key === null ? code : say(key)}</span>
      <span>{count}</span>
    </li>
  );
}
