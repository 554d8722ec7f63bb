/** One table: its name, seats, area, and what it can be pushed together with. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { classes } from '../../design/classes.ts';
import { SelectField, TextField } from '../../design/fields.tsx';
import { NumberField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { EditDialog } from '../lists/edit-dialog.tsx';
import { words as editWords } from '../lists/edit-words.ts';
import { followUp } from '../lists/follow-up.ts';
import { forgetting, joinsOf } from './joins.ts';
import { byName, nextTableName, type LocationState, type Table } from './location-types.ts';
import { newId } from './new-id.ts';
import { words as refusals } from './refusal-words.ts';
import { words } from './tables-words.ts';
import { LOCATION_READS, useLocationEdit } from './use-location.ts';

/** As the server takes them. */
const SEATS_MAX = 50;
const SEATS_FIRST = 4;
const NAME_MAX = 40;
const JOINS_MAX = 20;

export interface TableDialogProps {
  readonly location: LocationState;
  /** Null for a new one, in `areaId`. */
  readonly table: Table | null;
  readonly areaId: string;
  onClose(): void;
}

/** `seats` is null while it is typed. */
type TableValue = Omit<Table, 'tableId' | 'seats'> & { readonly seats: number | null };

function useTableEdit({ location, table, areaId, onClose }: TableDialogProps) {
  const te = useWords(editWords);
  const set = useCommand('POST /v1/business/locations/{id}/set-table', { again: LOCATION_READS });
  const params = { id: location.id };
  // Proposed once: what others add meanwhile is no change of this one.
  const [proposed] = useState<TableValue>(() => ({
    areaId,
    name: nextTableName(location.tables),
    seats: SEATS_FIRST,
    joinableWith: [],
  }));
  const partOf = ({ tables }: LocationState): TableValue => {
    const known = tables.find(({ tableId }) => tableId === table?.tableId);
    if (known === undefined) return proposed;
    const { tableId, ...rest } = known;
    return { ...rest, joinableWith: joinsOf(tables, tableId) };
  };
  return useLocationEdit(location, partOf, {
    give: async (value, { ifMatch }) => {
      const { tables } = location;
      const name = value.name.trim();
      const tableId = table?.tableId ?? newId(`t-${name}`);
      const { joinableWith: chosen, seats } = value;
      const body = { ...value, tableId, name, seats: seats ?? SEATS_FIRST };
      await set.mutateAsync({ params, ifMatch, body });
      // The other side of a join that was taken away; each may be given again.
      for (const other of forgetting(tables, { tableId, chosen }))
        await set.mutateAsync({ params, body: other });
    },
    onSaved: () => {
      toast(te('saved'));
      onClose();
    },
  });
}

export function TableDialog(props: TableDialogProps): ReactElement {
  const t = useWords(words);
  const { location, table, onClose } = props;
  const edit = useTableEdit(props);
  const { value } = edit;
  const change = (part: Partial<TableValue>): void => edit.set({ ...value, ...part });
  return (
    <EditDialog
      title={table === null ? t('table-new') : t('table-of', { name: table.name })}
      edit={edit}
      isNew={table === null}
      isReady={value.name.trim() !== '' && value.seats !== null}
      refusals={refusals}
      onClose={onClose}
      beside={
        table === null ? undefined : (
          <RemoveTable location={location} table={table} onClose={onClose} />
        )
      }
    >
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label={t('table-name')}
          required
          maxLength={NAME_MAX}
          autoFocus
          value={value.name}
          onChange={(name) => change({ name })}
        />
        <NumberField
          label={t('seats')}
          min={1}
          max={SEATS_MAX}
          value={value.seats}
          onChange={(seats) => change({ seats })}
        />
      </div>
      <SelectField
        label={t('area')}
        value={value.areaId}
        onChange={(areaId) => change({ areaId })}
        options={location.areas.map(({ areaId, name }) => ({ value: areaId, label: name }))}
      />
      <JoinsField
        others={location.tables.filter(({ tableId }) => tableId !== table?.tableId)}
        areaId={value.areaId}
        value={value.joinableWith}
        onChange={(joinableWith) => change({ joinableWith })}
      />
    </EditDialog>
  );
}

/** Tables of the same area, as one pushes no table through a wall; others only where they are chosen already. */
function JoinsField(props: {
  readonly others: readonly Table[];
  readonly areaId: string;
  readonly value: readonly string[];
  onChange(value: readonly string[]): void;
}): ReactElement | null {
  const t = useWords(words);
  const { value, onChange } = props;
  const near = byName(
    props.others.filter(
      ({ areaId, tableId }) => areaId === props.areaId || value.includes(tableId),
    ),
  );
  if (near.length === 0) return null;
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="pb-1 text-13 font-medium">{t('joins')}</legend>
      <p className="text-12 text-muted">{t('joins-hint')}</p>
      <div className="flex flex-wrap gap-2">
        {near.map(({ tableId, name, seats }) => {
          const isIn = value.includes(tableId);
          return (
            <button
              key={tableId}
              type="button"
              aria-pressed={isIn}
              disabled={!isIn && value.length >= JOINS_MAX}
              onClick={() =>
                onChange(isIn ? value.filter((each) => each !== tableId) : [...value, tableId])
              }
              className={classes(
                'flex min-h-9 items-baseline gap-1.5 rounded-control border px-2.5 py-1.5',
                isIn
                  ? 'border-brand bg-brand-soft font-semibold text-brand'
                  : 'border-control bg-raised hover:bg-sunken',
              )}
            >
              {name}
              <span className="text-12 font-normal">{t('seats-short', { count: seats })}</span>
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}

function RemoveTable({
  location,
  table,
  onClose,
}: {
  readonly location: LocationState;
  readonly table: Table;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const params = { id: location.id };
  const remove = useCommand('POST /v1/business/locations/{id}/remove-table', {
    again: LOCATION_READS,
  });
  const back = useCommand('POST /v1/business/locations/{id}/set-table', { again: LOCATION_READS });
  const undo = (): void => {
    const { joinableWith: _own, ...rest } = table;
    back.mutate({
      params,
      body: { ...rest, joinableWith: joinsOf(location.tables, table.tableId) },
    });
  };
  return (
    <Button
      icon="trash"
      isBusy={remove.isPending}
      onClick={() => {
        const { tableId, name } = table;
        followUp(remove.mutateAsync({ params, body: { tableId } }), () => {
          toast(t('table-removed', { name }), { undo });
          onClose();
        });
      }}
    >
      {t('remove')}
    </Button>
  );
}
