/** A price list is written: what it is called, where and when it holds, and the prices beside the usual ones. */
import type { ReactElement } from 'react';
import { client, useCommand } from '../../api/api.ts';
import { CheckField } from '../../design/fields.tsx';
import { DateField, NumberField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { useLocations } from '../floor/locations.ts';
import { EditDialog } from '../lists/edit-dialog.tsx';
import { words as editWords } from '../lists/edit-words.ts';
import type { Seen } from '../lists/give-on.ts';
import { useEdit, type Edit } from '../lists/use-edit.ts';
import { shaped } from '../order/order-types.ts';
import { HoursFields } from './hours-fields.tsx';
import type { PriceList } from './menu-types.ts';
import { PercentFields } from './percent-fields.tsx';
import { PriceFields } from './price-fields.tsx';
import {
  listBodyOf,
  listFault,
  listValueOf,
  NEW_LIST,
  PRIORITY_MAX,
  type PriceListValue,
} from './price-list-value.ts';
import { words as refusals } from './price-refusal-words.ts';
import { words } from './prices-words.ts';
import { idFor } from './product-value.ts';
import { TextsFields } from './texts-fields.tsx';
import type { Catalog, House } from './use-catalog.ts';

export const PRICE_READS = [
  'GET /v1/catalog/price-lists',
  'GET /v1/catalog/price-lists/{id}',
  'GET /v1/catalog/menu',
] as const;

/** All lists are one book. */
export interface PriceBook {
  readonly version: number;
  readonly lists: readonly PriceList[];
}

const CHANNELS = ['eat-in', 'take-away', 'delivery'] as const;
const NAME_MAX = 100;
const NOT_FOUND = 404;

export interface PriceDialogProps {
  readonly book: PriceBook;
  /** Null for a new one. */
  readonly list: PriceList | null;
  readonly house: House;
  readonly catalog: Catalog;
  onClose(): void;
}

function useListEdit({ book, list, house, onClose }: PriceDialogProps): Edit<PriceListValue> {
  const te = useWords(editWords);
  const set = useCommand('POST /v1/catalog/price-lists', { again: PRICE_READS });
  const seenOf = ({ version, lists }: PriceBook): Seen<PriceListValue> => {
    const known = lists.find(({ priceListId }) => priceListId === list?.priceListId);
    return { version, part: known === undefined ? NEW_LIST : listValueOf(known) };
  };
  return useEdit<PriceListValue>({
    current: seenOf(book),
    readNewest: async () => seenOf(await readBook()),
    give: (value, { ifMatch }) => {
      const body = listBodyOf(value);
      const name = body.name[house.languages[0] ?? ''] ?? Object.values(body.name)[0] ?? '';
      const priceListId =
        list?.priceListId ??
        // Two people may add lists of one name at once.
        `${idFor(name, [])}-${crypto.randomUUID().slice(0, 4)}`;
      return set.mutateAsync({ ifMatch, body: { priceListId, ...body } });
    },
    onSaved: () => {
      toast(te('saved'));
      onClose();
    },
  });
}

async function readBook(): Promise<PriceBook> {
  const { body } = await client.call('GET /v1/catalog/price-lists/{id}', {
    params: { id: 'main' },
  });
  return shaped<PriceBook>(body);
}

export function isUnset(error: { readonly status: number } | null): boolean {
  return error?.status === NOT_FOUND;
}

export function PriceDialog(props: PriceDialogProps): ReactElement {
  const t = useWords(words);
  const { list, house, catalog, onClose } = props;
  const edit = useListEdit(props);
  const { value } = edit;
  const fault = listFault(value);
  const set = (part: Partial<PriceListValue>): void => edit.set({ ...value, ...part });
  return (
    <EditDialog
      title={list === null ? t('new') : t('change')}
      size="wide"
      edit={edit}
      isReady={fault === null}
      refusals={refusals}
      onClose={onClose}
    >
      <TextsFields
        languages={house.languages}
        required
        maxLength={NAME_MAX}
        label={(language) => t('name-in', { language })}
        value={value.name}
        onChange={(name) => set({ name })}
      />
      <When value={value} onChange={set} />
      <Where value={value} onChange={set} />
      <PercentFields
        value={value.percents}
        catalog={catalog}
        onChange={(percents) => set({ percents })}
      />
      <PriceFields
        value={value.prices}
        house={house}
        catalog={catalog}
        onChange={(prices) => set({ prices })}
      />
      {fault === 'empty' ? <p className="text-13 text-muted">{t('fault-empty')}</p> : null}
    </EditDialog>
  );
}

interface PartProps {
  readonly value: PriceListValue;
  onChange(part: Partial<PriceListValue>): void;
}

function When({ value, onChange }: PartProps): ReactElement {
  const t = useWords(words);
  const isTurned = listFault(value) === 'days';
  return (
    <>
      <div className="grid items-start gap-3 sm:grid-cols-3">
        <DateField
          label={t('first-day')}
          hint={t('first-hint')}
          value={value.firstDay}
          onChange={(firstDay) => onChange({ firstDay })}
        />
        <DateField
          label={t('last-day')}
          hint={t('last-hint')}
          error={isTurned ? t('fault-days') : null}
          value={value.lastDay}
          onChange={(lastDay) => onChange({ lastDay })}
        />
        <NumberField
          label={t('priority')}
          hint={t('priority-hint')}
          min={0}
          max={PRIORITY_MAX}
          value={value.priority}
          onChange={(priority) => onChange({ priority })}
        />
      </div>
      <HoursFields
        label={t('hours')}
        value={value.windows}
        onChange={(windows) => onChange({ windows })}
      />
    </>
  );
}

/** None chosen is all of them. */
function Where({ value, onChange }: PartProps): ReactElement {
  const t = useWords(words);
  const { all: locations } = useLocations();
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="pb-1 text-13 font-medium">{t('where')}</legend>
      <p className="text-12 text-muted">{t('where-hint')}</p>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        {CHANNELS.map((channel) => (
          <CheckField
            key={channel}
            label={t(channel)}
            value={value.channels.includes(channel)}
            onChange={(isIn) => onChange({ channels: toggled(value.channels, channel, isIn) })}
          />
        ))}
      </div>
      {locations.length < 2 ? null : (
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          {locations.map(({ id, name }) => (
            <CheckField
              key={id}
              label={name}
              value={value.locationIds.includes(id)}
              onChange={(isIn) => onChange({ locationIds: toggled(value.locationIds, id, isIn) })}
            />
          ))}
        </div>
      )}
    </fieldset>
  );
}

function toggled<Item>(items: readonly Item[], item: Item, isIn: boolean): readonly Item[] {
  const others = items.filter((each) => each !== item);
  return isIn ? [...others, item] : others;
}
