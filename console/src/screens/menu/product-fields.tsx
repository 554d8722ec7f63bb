/** The fields of a product. */
import type { ReactElement } from 'react';
import { CheckField, SelectField, TextField } from '../../design/fields.tsx';
import { MoneyField } from '../../design/number-fields.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { HoursFields } from './hours-fields.tsx';
import { inOrder, textIn } from './menu-types.ts';
import { PricedRows } from './priced-rows.tsx';
import { NONE, type ProductValue } from './product-value.ts';
import { TextsFields } from './texts-fields.tsx';
import type { Catalog, House } from './use-catalog.ts';
import { words } from './words.ts';

interface FieldsProps {
  readonly value: ProductValue;
  onChange(value: ProductValue): void;
  readonly house: House;
  readonly catalog: Catalog;
}

export function ProductFields(props: FieldsProps): ReactElement {
  const t = useWords(words);
  const { value, onChange, house } = props;
  const set = (part: Partial<ProductValue>): void => onChange({ ...value, ...part });
  return (
    <>
      <TextsFields
        languages={house.languages}
        required
        maxLength={120}
        label={(language) => t('name-in', { language })}
        value={value.name}
        onChange={(name) => set({ name })}
      />
      <Places {...props} />
      <Sizes {...props} />
      <TextsFields
        languages={house.languages}
        isLong
        maxLength={1000}
        label={(language) => t('description-in', { language })}
        value={value.description}
        onChange={(description) => set({ description })}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={t('ingredients')}
          hint={t('list-hint')}
          value={value.ingredients}
          onChange={(ingredients) => set({ ingredients })}
        />
        <TextField
          label={t('allergens')}
          hint={t('list-hint')}
          value={value.allergens}
          onChange={(allergens) => set({ allergens })}
        />
      </div>
      <Groups {...props} />
      <HoursFields value={value.windows} onChange={(windows) => set({ windows })} />
    </>
  );
}

function Places({ value, onChange, house, catalog }: FieldsProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const set = (part: Partial<ProductValue>): void => onChange({ ...value, ...part });
  const classes = [...new Set([...house.taxClasses, value.taxClass])];
  return (
    <div className="grid gap-3 sm:grid-cols-4">
      <MoneyField
        label={t('price')}
        value={value.price === null ? null : { amount: value.price, currency: house.currency }}
        currency={house.currency}
        onChange={(price) => set({ price: price?.amount ?? null })}
      />
      <SelectField
        label={t('section')}
        value={value.categoryId}
        onChange={(categoryId) => set({ categoryId })}
        options={[
          { value: NONE, label: t('no-section') },
          ...inOrder(catalog.categories).map((each) => ({
            value: each.id,
            label: `${'– '.repeat(each.depth)}${textIn(each.name, language)}`,
          })),
        ]}
      />
      <SelectField
        label={t('tax')}
        value={value.taxClass}
        onChange={(taxClass) => set({ taxClass })}
        options={classes.map((each) => ({ value: each, label: each }))}
      />
      <SelectField
        label={t('station')}
        value={value.stationId}
        onChange={(stationId) => set({ stationId })}
        options={[
          { value: NONE, label: t('no-station') },
          ...house.stations.map(({ stationId, name }) => ({ value: stationId, label: name })),
        ]}
      />
    </div>
  );
}

function Sizes({ value, onChange, house }: FieldsProps): ReactElement {
  const t = useWords(words);
  return (
    <PricedRows
      legend={t('variants')}
      hint={t('variant-hint')}
      nameLabel={t('size-name')}
      addLabel={t('variant-add')}
      idBase="size"
      house={house}
      priceFirst={value.price ?? 0}
      value={value.variants.map(({ variantId: id, name, price }) => ({ id, name, price }))}
      onChange={(rows) =>
        onChange({
          ...value,
          variants: rows.map(({ id: variantId, name, price }) => ({ variantId, name, price })),
        })
      }
    />
  );
}

function Groups({ value, onChange, catalog }: FieldsProps): ReactElement | null {
  const t = useWords(words);
  const language = useLanguage();
  const groups = catalog.groups.filter(
    ({ status, id }) => status === 'active' || value.groupIds.includes(id),
  );
  if (groups.length === 0) return null;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 text-13 font-medium">{t('groups')}</legend>
      <div className="grid gap-2 sm:grid-cols-3">
        {groups.map((group) => (
          <CheckField
            key={group.id}
            label={textIn(group.name, language)}
            hint={t('choose', { min: group.min, max: group.max })}
            value={value.groupIds.includes(group.id)}
            onChange={(isIn) =>
              onChange({
                ...value,
                groupIds: isIn
                  ? [...value.groupIds, group.id]
                  : value.groupIds.filter((id) => id !== group.id),
              })
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
