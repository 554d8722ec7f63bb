/** Areas with so many tables each; kitchen and bar as stations beside. */
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { client, readAgain } from '../../api/api.ts';
import { Button, IconButton } from '../../design/buttons.tsx';
import { TextField } from '../../design/fields.tsx';
import { ErrorNote } from '../../design/marks.tsx';
import { NumberField } from '../../design/number-fields.tsx';
import { useWords } from '../../words/language.ts';
import { areaIdsOf, SEATS_MAX, TABLES_MAX, tablesOf, type AreaPlan } from './plan.ts';
import { words } from './words.ts';

const TABLES_TO_BEGIN = 8;
const SEATS_TO_BEGIN = 4;

export function TablesStep({
  locationId,
  onDone,
}: {
  readonly locationId: string;
  onDone(): void;
}): ReactElement {
  const t = useWords(words);
  const [areas, setAreas] = useState<readonly AreaPlan[]>([
    { name: t('area-hall'), tables: TABLES_TO_BEGIN, seats: SEATS_TO_BEGIN },
  ]);
  const make = useMutation<void, CallFailed>({
    mutationFn: () =>
      makeTables(locationId, { areas, stations: { kitchen: t('kitchen'), bar: t('bar') } }),
    onSuccess: async () => {
      await readAgain('GET /v1/business/locations');
      onDone();
    },
  });
  const setArea = (at: number, area: AreaPlan): void =>
    setAreas(areas.map((each, place) => (place === at ? area : each)));
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (!make.isPending) make.mutate();
      }}
    >
      {areas.map((area, at) => (
        <AreaLine
          key={String(at)}
          area={area}
          onChange={(next) => setArea(at, next)}
          onRemove={areas.length === 1 ? undefined : () => setAreas(areas.toSpliced(at, 1))}
        />
      ))}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          size="compact"
          icon="plus"
          onClick={() => setAreas([...areas, { name: '', tables: 4, seats: SEATS_TO_BEGIN }])}
        >
          {t('add-area')}
        </Button>
        <p role="status" className="text-13 text-muted">
          {t('table-count', { count: tablesOf(areas).length })}
        </p>
      </div>
      {make.error === null ? null : <ErrorNote error={make.error} />}
      <div className="flex gap-2">
        <Button kind="primary" type="submit" isBusy={make.isPending}>
          {t('continue')}
        </Button>
        <Button onClick={onDone}>{t('skip')}</Button>
      </div>
    </form>
  );
}

function AreaLine({
  area,
  onChange,
  onRemove,
}: {
  readonly area: AreaPlan;
  onChange(area: AreaPlan): void;
  /** Not for the only one. */
  readonly onRemove: (() => void) | undefined;
}): ReactElement {
  const t = useWords(words);
  return (
    <div className="flex flex-wrap items-end gap-2">
      <TextField
        label={t('area')}
        value={area.name}
        onChange={(name) => onChange({ ...area, name })}
        className="min-w-32 flex-1"
        maxLength={100}
        required
      />
      <NumberField
        label={t('tables')}
        value={area.tables}
        min={0}
        max={TABLES_MAX}
        onChange={(tables) => onChange({ ...area, tables: tables ?? 0 })}
        className="w-24"
      />
      <NumberField
        label={t('seats')}
        value={area.seats}
        min={1}
        max={SEATS_MAX}
        onChange={(seats) => onChange({ ...area, seats: seats ?? 1 })}
        className="w-32"
      />
      <IconButton
        icon="trash"
        label={t('remove-area')}
        disabled={onRemove === undefined}
        onClick={() => onRemove?.()}
      />
    </div>
  );
}

/** One after another: all are of one stream. Setting the same again changes nothing, so a break may be repeated. */
async function makeTables(
  id: string,
  {
    areas,
    stations,
  }: { readonly areas: readonly AreaPlan[]; readonly stations: Readonly<Record<string, string>> },
): Promise<void> {
  const params = { id };
  const ids = areaIdsOf(areas);
  for (const [at, { name }] of areas.entries())
    await client.call('POST /v1/business/locations/{id}/set-area', {
      params,
      body: { areaId: ids[at] ?? '', name: name.trim() },
    });
  for (const body of tablesOf(areas))
    await client.call('POST /v1/business/locations/{id}/set-table', { params, body });
  for (const [stationId, name] of Object.entries(stations))
    await client.call('POST /v1/business/locations/{id}/set-station', {
      params,
      body: { stationId, name },
    });
}
