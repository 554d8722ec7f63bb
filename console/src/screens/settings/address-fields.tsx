/** The fields of a postal address. */
import type { ReactElement } from 'react';
import { SelectField, TextAreaField, TextField } from '../../design/fields.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { countries } from '../lists/regions.ts';
import { addressFault, type AddressDraft } from './address.ts';
import { words } from './place-words.ts';

export function AddressFields({
  value,
  onChange,
}: {
  readonly value: AddressDraft;
  onChange(value: AddressDraft): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const fault = addressFault(value);
  const set = (part: Partial<AddressDraft>): void => onChange({ ...value, ...part });
  return (
    <div className="grid gap-3 sm:grid-cols-6">
      <TextAreaField
        className="sm:col-span-6"
        label={t('address')}
        rows={2}
        value={value.lines}
        error={fault === 'lines' || fault === 'long' ? t(`address-${fault}`) : null}
        onChange={(lines) => set({ lines })}
      />
      <TextField
        className="sm:col-span-2"
        label={t('postal-code')}
        maxLength={20}
        value={value.postalCode}
        onChange={(postalCode) => set({ postalCode })}
      />
      <TextField
        className="sm:col-span-4"
        label={t('city')}
        maxLength={100}
        value={value.city}
        error={fault === 'city' ? t('address-city') : null}
        onChange={(city) => set({ city })}
      />
      <SelectField
        className="sm:col-span-6"
        label={t('country')}
        value={value.country}
        error={fault === 'country' ? t('address-country') : null}
        onChange={(country) => set({ country })}
        options={countries(language)}
      />
    </div>
  );
}
