/** One document: the verdict in words, why, what was taken out, and what can be done with it. */
import { useState, type ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { Drawer } from '../../design/dialogs.tsx';
import { Badge, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Facts } from '../../design/page.tsx';
import { Moment, Mono } from '../../design/texts.tsx';
import { useWords } from '../../words/language.ts';
import { shaped } from '../order/order-types.ts';
import { Actions } from './document-actions.tsx';
import { VERDICT_TONES, verdictOf, type DocumentRow } from './document-types.ts';
import type { Jobs } from './jobs.tsx';
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
