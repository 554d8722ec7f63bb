/** A secret that the server shows this once. It closes by its button only. */
import type { ReactElement } from 'react';
import { Button, CopyButton, Dialog } from '../../design/index.ts';
import { formatMoment } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { words } from './words.ts';

export interface SecretDialogProps {
  /** null closes it. */
  readonly secret: string | null;
  /** Until then the old secret signs too. */
  readonly until: string | null;
  onClose(): void;
}

export function SecretDialog({ secret, until, onClose }: SecretDialogProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  return (
    <Dialog
      title={t('created-title')}
      isOpen={secret !== null}
      isFirm
      onClose={onClose}
      footer={
        <Button kind="primary" icon="check" onClick={onClose}>
          {t('copied-it')}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <p>{t('created-text')}</p>
        <div className="flex items-center gap-2 rounded-control border border-line bg-sunken py-1 pr-1 pl-3">
          <code className="min-w-0 flex-1 text-13 break-all">{secret}</code>
          <CopyButton text={secret ?? ''} />
        </div>
        {until === null ? null : (
          <p className="text-13 text-muted">
            {t('rotated-text', { until: formatMoment(until, language) })}
          </p>
        )}
      </div>
    </Dialog>
  );
}
