/** Things with a name and a price, a row each: sizes of a product, options of a group. */
import type { ReactElement } from 'react';
import { Button, IconButton } from '../../design/buttons.tsx';
import { TextField } from '../../design/fields.tsx';
import { MoneyField } from '../../design/number-fields.tsx';
import { useWords } from '../../words/language.ts';
import { textIn, type Texts } from './menu-types.ts';
import { idFor } from './product-value.ts';
import type { House } from './use-catalog.ts';
import { words } from './words.ts';

export interface PricedRow {
  readonly id: string;
  readonly name: Texts;
  /** Minor units. */
  readonly price: number;
}

export interface PricedRowsProps {
  readonly legend: string;
  readonly hint?: string | undefined;
  readonly nameLabel: string;
  readonly addLabel: string;
  /** Ids of new rows are this and a number: `size-2`. */
  readonly idBase: string;
  readonly house: House;
  /** Of a new row, in minor units. */
  readonly priceFirst: number;
  readonly value: readonly PricedRow[];
  onChange(value: readonly PricedRow[]): void;
}

export function PricedRows(props: PricedRowsProps): ReactElement {
  const { legend, hint, addLabel, idBase, house, priceFirst, value, onChange } = props;
  const language = house.languages[0] ?? 'en';
  const add = (): void => {
    const taken = value.map(({ id }) => id);
    const id = idFor(`${idBase}-${String(value.length + 1)}`, taken);
    onChange([...value, { id, name: { [language]: '' }, price: priceFirst }]);
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 text-13 font-medium">{legend}</legend>
      {hint === undefined ? null : <p className="text-12 text-muted">{hint}</p>}
      {value.map((row, at) => (
        <Row
          key={row.id}
          row={row}
          isFirst={at === 0}
          nameLabel={props.nameLabel}
          language={language}
          currency={house.currency}
          onChange={(next) => onChange(value.with(at, next))}
          onRemove={() => onChange(value.toSpliced(at, 1))}
        />
      ))}
      <div>
        <Button size="compact" icon="plus" onClick={add}>
          {addLabel}
        </Button>
      </div>
    </fieldset>
  );
}

function Row(props: {
  readonly row: PricedRow;
  /** The names of the columns stand above the first row alone. */
  readonly isFirst: boolean;
  readonly nameLabel: string;
  /** Of the names that are written here. */
  readonly language: string;
  readonly currency: string;
  onChange(row: PricedRow): void;
  onRemove(): void;
}): ReactElement {
  const t = useWords(words);
  const { row, isFirst, nameLabel, language, currency, onChange, onRemove } = props;
  const { name, price } = row;
  return (
    <div className="flex items-end gap-2">
      <TextField
        className="min-w-0 flex-1"
        label={nameLabel}
        isLabelHidden={!isFirst}
        value={name[language] ?? textIn(name, language)}
        onChange={(text) => onChange({ ...row, name: { ...name, [language]: text } })}
      />
      <MoneyField
        className="w-36"
        label={t('price')}
        isLabelHidden={!isFirst}
        value={{ amount: price, currency }}
        onChange={(money) => onChange({ ...row, price: money?.amount ?? 0 })}
      />
      <IconButton
        icon="trash"
        label={`${t('remove')}: ${textIn(name, language)}`}
        onClick={onRemove}
      />
    </div>
  );
}
