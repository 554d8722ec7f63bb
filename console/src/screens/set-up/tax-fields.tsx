/** Tax rates as a small table of fields. */
import type { ReactElement } from 'react';
import { Button, IconButton } from '../../design/buttons.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { NumberField } from '../../design/number-fields.tsx';
import { useWords } from '../../words/language.ts';
import { percentOf, rateOf, type TaxPlan, type TaxRate } from './plan.ts';
import { words } from './words.ts';

/** A hundred percent is more than any law takes of food. */
const PERCENT_MAX = 100;

export function TaxFields({
  value,
  onChange,
  hasPreset,
  source,
}: {
  readonly value: TaxPlan;
  onChange(value: TaxPlan): void;
  readonly hasPreset: boolean;
  /** The law, or why there are no rates; empty where nothing is known of the country. */
  readonly source: string;
}): ReactElement {
  const t = useWords(words);
  const { mode, rates } = value;
  const setRate = (at: number, rate: TaxRate): void =>
    onChange({ ...value, rates: rates.map((each, place) => (place === at ? rate : each)) });
  return (
    <fieldset className="flex flex-col gap-3">
      <SelectField
        label={t('tax-mode')}
        value={mode}
        onChange={(next) => onChange({ ...value, mode: next })}
        options={[
          { value: 'inclusive', label: t('inclusive') },
          { value: 'exclusive', label: t('exclusive') },
        ]}
      />
      <div className="flex flex-col gap-0.5">
        <p className={hasPreset ? 'text-13 text-muted' : 'text-14 text-brass-text'}>
          {t(hasPreset ? 'tax-note' : 'tax-none')}
        </p>
        {hasPreset ? (
          <p className="text-12 break-words text-muted">{t('tax-source', { source })}</p>
        ) : null}
      </div>
      {rates.map((rate, at) => (
        // The place in the list is all that a rate has for a name while its class is typed.
        <RateLine
          key={String(at)}
          rate={rate}
          onChange={(next) => setRate(at, next)}
          onRemove={() => onChange({ ...value, rates: rates.filter((_, place) => place !== at) })}
        />
      ))}
      <div>
        <Button
          size="compact"
          icon="plus"
          onClick={() =>
            onChange({
              ...value,
              rates: [...rates, { taxClass: 'standard', channel: null, label: '0 %', rate: 0 }],
            })
          }
        >
          {t('add-rate')}
        </Button>
      </div>
    </fieldset>
  );
}

function RateLine({
  rate,
  onChange,
  onRemove,
}: {
  readonly rate: TaxRate;
  onChange(rate: TaxRate): void;
  onRemove(): void;
}): ReactElement {
  const t = useWords(words);
  return (
    <div className="flex items-end gap-2">
      <TextField
        label={t('tax-class')}
        value={rate.taxClass}
        onChange={(taxClass) => onChange({ ...rate, taxClass })}
        hint={rate.channel ?? undefined}
        className="min-w-0 flex-1"
        required
      />
      <NumberField
        label={t('tax-rate')}
        value={percentOf(rate.rate)}
        min={0}
        max={PERCENT_MAX}
        onChange={(percent) =>
          onChange({ ...rate, rate: rateOf(percent ?? 0), label: `${String(percent ?? 0)} %` })
        }
        className="w-24 sm:w-32"
      />
      <IconButton icon="trash" label={t('remove-rate')} onClick={onRemove} />
    </div>
  );
}
