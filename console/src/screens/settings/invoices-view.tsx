/** Series of invoices and credit notes: what comes next, and going on from what another system gave out. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { EmptyState, ErrorNote } from '../../design/marks.tsx';
import { NumberField } from '../../design/number-fields.tsx';
import { Mono, useNow } from '../../design/texts.tsx';
import { toast } from '../../design/toasts.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { EditDialog } from '../lists/edit-dialog.tsx';
import { words as editWords } from '../lists/edit-words.ts';
import { useEdit, type Edit } from '../lists/use-edit.ts';
import { useLimits } from '../lists/use-limits.ts';
import { usePages } from '../lists/use-pages.ts';
import { words } from './invoices-words.ts';
import { words as refusals } from './refusal-words.ts';
import { nextNumber, seriesFault, type SeriesDraft, type SeriesRow } from './series.ts';

const NUMBER_MAX = 1_000_000_000;
const FIRST: SeriesDraft = { kind: 'invoice', prefix: '', year: null, next: null };

export function InvoicesView(): ReactElement {
  const t = useWords(words);
  const { at } = useAsOf();
  const limits = useLimits()('invoices:configure');
  const list = usePages<SeriesRow>('GET /v1/invoices/series', { at: at ?? undefined });
  const [isNew, setNew] = useState(false);
  const make = (
    <Button icon="plus" {...limits} onClick={() => setNew(true)}>
      {t('continue')}
    </Button>
  );
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <p className="max-w-prose text-muted">{t('text')}</p>
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={list.readAgain} />}
      {list.rows.length === 0 ? null : <div>{make}</div>}
      <DataTable<SeriesRow>
        label={t('title')}
        rows={list.rows}
        rowKey={({ id }) => id}
        isLoading={list.isLoading}
        loadMore={list.loadMore}
        empty={
          <EmptyState
            icon="receipt"
            title={t('empty-title')}
            text={t('empty-text')}
            action={make}
          />
        }
        columns={[
          {
            key: 'id',
            title: t('series'),
            sortable: true,
            cell: ({ id }) => <span className="font-medium">{id}</span>,
          },
          { key: 'kind', title: t('kind'), sortable: true, cell: ({ kind }) => t(kind) },
          {
            key: 'next',
            title: t('next'),
            width: 'minmax(160px, 2fr)',
            cell: (row) => <Mono>{nextNumber(row)}</Mono>,
          },
        ]}
      />
      {isNew ? <SeriesDialog known={list.rows} onClose={() => setNew(false)} /> : null}
    </div>
  );
}

interface SeriesDialogProps {
  readonly known: readonly SeriesRow[];
  onClose(): void;
}

function useSeriesEdit(onClose: () => void): Edit<SeriesDraft> {
  const te = useWords(editWords);
  const year = new Date(useNow(null)).getFullYear();
  const go = useCommand('POST /v1/invoices/series', { again: ['GET /v1/invoices/series'] });
  const [current] = useState({ version: 0, part: { ...FIRST, year } });
  return useEdit<SeriesDraft>({
    current,
    readNewest: () => Promise.resolve(current),
    give: ({ kind, prefix, year: of, next }) =>
      go.mutateAsync({ body: { kind, series: prefix, year: of ?? year, next: next ?? 0 } }),
    onSaved: () => {
      toast(te('saved'));
      onClose();
    },
  });
}

function SeriesDialog({ known, onClose }: SeriesDialogProps): ReactElement {
  const t = useWords(words);
  const edit = useSeriesEdit(onClose);
  const { prefix, year, next } = edit.value;
  const fault = seriesFault(edit.value, known);
  return (
    <EditDialog
      title={t('continue')}
      edit={edit}
      isReady={fault === null}
      refusals={refusals}
      onClose={onClose}
    >
      <p className="text-muted">{t('continue-text')}</p>
      <SeriesFields value={edit.value} isTaken={fault === 'taken'} onChange={edit.set} />
      {fault === null ? (
        <p role="status">
          {t('will-be')}{' '}
          <Mono>{nextNumber({ id: `${prefix}-${String(year)}`, next: next ?? 0 })}</Mono>
        </p>
      ) : null}
    </EditDialog>
  );
}

function SeriesFields(props: {
  readonly value: SeriesDraft;
  readonly isTaken: boolean;
  onChange(value: SeriesDraft): void;
}): ReactElement {
  const t = useWords(words);
  const { value, isTaken, onChange } = props;
  const set = (part: Partial<SeriesDraft>): void => onChange({ ...value, ...part });
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2">
      <SelectField
        label={t('kind')}
        value={value.kind}
        onChange={(kind) => set({ kind })}
        options={[
          { value: 'invoice', label: t('invoice') },
          { value: 'credit-note', label: t('credit-note') },
        ]}
      />
      <TextField
        label={t('prefix')}
        hint={t('prefix-hint')}
        required
        maxLength={10}
        error={isTaken ? t('taken') : null}
        value={value.prefix}
        onChange={(prefix) => set({ prefix: prefix.toUpperCase() })}
      />
      <NumberField
        label={t('year')}
        required
        min={2000}
        max={2999}
        value={value.year}
        onChange={(year) => set({ year })}
      />
      <NumberField
        label={t('next-number')}
        hint={t('next-hint')}
        required
        min={2}
        max={NUMBER_MAX}
        value={value.next}
        onChange={(next) => set({ next })}
      />
    </div>
  );
}
