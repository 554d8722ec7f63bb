/** Begins a new copy: one to take over, or one as of a moment to look at. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import {
  Button,
  DateTimeField,
  Dialog,
  ErrorNote,
  SelectField,
  toast,
} from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import { words } from './words.ts';

export interface RebuildDialogProps {
  readonly name: string;
  readonly isOpen: boolean;
  onClose(): void;
}

export function RebuildDialog({ name, isOpen, onClose }: RebuildDialogProps): ReactElement {
  const t = useWords(words);
  const [kind, setKind] = useState<'now' | 'as-of'>('now');
  const [moment, setMoment] = useState('');
  const rebuild = useCommand('POST /v1/projections/{name}/rebuild', {
    again: ['GET /v1/projections'],
  });
  const isReady = kind === 'now' || !Number.isNaN(new Date(moment).getTime());
  const begin = (): void => {
    const body = kind === 'now' ? {} : { asOf: new Date(moment).toISOString() };
    rebuild.mutate(
      { params: { name }, body },
      {
        onSuccess: () => {
          toast(t('rebuild-begun', { name }));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title={t('rebuild-title', { name })}
      isOpen={isOpen}
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            kind="primary"
            icon="refresh"
            disabled={!isReady}
            isBusy={rebuild.isPending}
            onClick={begin}
          >
            {t('rebuild')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p>{t('rebuild-text')}</p>
        <SelectField
          label={t('rebuild-kind')}
          value={kind}
          onChange={setKind}
          options={[
            { value: 'now', label: t('rebuild-now') },
            { value: 'as-of', label: t('rebuild-as-of') },
          ]}
        />
        {kind === 'as-of' ? (
          <DateTimeField label={t('as-of')} value={moment} onChange={setMoment} required />
        ) : null}
        {rebuild.error === null ? null : <ErrorNote error={rebuild.error} />}
      </div>
    </Dialog>
  );
}
