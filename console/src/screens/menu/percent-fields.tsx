/** So much off everything, or off a section. */
import type { ReactElement } from 'react';
import { Button, IconButton } from '../../design/buttons.tsx';
import { SelectField } from '../../design/fields.tsx';
import { NumberField } from '../../design/number-fields.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { inOrder, textIn } from './menu-types.ts';
import type { Percent } from './price-list-value.ts';
import { words } from './prices-words.ts';
import { NONE } from './product-value.ts';
import type { Catalog } from './use-catalog.ts';

const OFF_FIRST = 10;

export function PercentFields(props: {
  readonly value: readonly Percent[];
  readonly catalog: Catalog;
  onChange(value: readonly Percent[]): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { value, catalog, onChange } = props;
  const sections = inOrder(catalog.categories).map((each) => ({
    value: each.id,
    label: `${'– '.repeat(each.depth)}${textIn(each.name, language)}`,
  }));
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="pb-1 text-13 font-medium">{t('percents')}</legend>
      {value.map((percent, at) => (
        <div key={String(at)} className="flex items-end gap-2">
          <NumberField
            className="w-28"
            label={t('off')}
            isLabelHidden={at > 0}
            unit="%"
            min={0}
            max={100}
            value={percent.off}
            onChange={(off) => onChange(value.with(at, { ...percent, off }))}
          />
          <SelectField
            className="flex-1"
            label={t('off-what')}
            isLabelHidden={at > 0}
            value={percent.categoryId ?? NONE}
            onChange={(id) =>
              onChange(value.with(at, { ...percent, categoryId: id === NONE ? null : id }))
            }
            options={[{ value: NONE, label: t('everything') }, ...sections]}
          />
          <IconButton
            icon="trash"
            label={t('off-remove')}
            onClick={() => onChange(value.toSpliced(at, 1))}
          />
        </div>
      ))}
      <div>
        <Button
          size="compact"
          icon="plus"
          onClick={() => onChange([...value, { categoryId: null, off: OFF_FIRST }])}
        >
          {t('off-add')}
        </Button>
      </div>
    </fieldset>
  );
}
