/** Chooses among the locations that the person may see; nothing where there is one. */
import type { ReactElement } from 'react';
import { SelectField } from '../../design/fields.tsx';
import { useWords } from '../../words/language.ts';
import { chooseLocation, type Locations } from './locations.ts';
import { words } from './words.ts';

export function LocationSwitch({
  locations,
}: {
  readonly locations: Locations;
}): ReactElement | null {
  const t = useWords(words);
  const { all, here } = locations;
  if (all.length < 2 || here === null) return null;
  return (
    <SelectField
      className="w-48"
      label={t('location')}
      isLabelHidden
      value={here.id}
      onChange={chooseLocation}
      options={all.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}
