/** Tax rates: what they are called on the receipt, of what, in which channel, how much, since when. */
import type { ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button, IconButton } from '../../design/buttons.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { NumberField } from '../../design/number-fields.tsx';
import { Moment } from '../../design/texts.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { EditCard } from '../lists/edit-card.tsx';
import { words as editWords } from '../lists/edit-words.ts';
import { useLimits } from '../lists/use-limits.ts';
import type { Channel, LocationState } from './location-types.ts';
import { words as refusals } from './refusal-words.ts';
import {
  keyOf,
  percentOf,
  rateFaults,
  rateOf,
  taxesOf,
  type RateFault,
  type TypedRate,
  type TypedTaxes,
} from './tax-rates.ts';
import { words } from './taxes-words.ts';
import { LOCATION_READS, useLocationEdit } from './use-location.ts';
import { useTaxSince } from './use-tax-steps.ts';

const NONE = '-';
const CHANNELS: readonly Channel[] = ['eat-in', 'take-away', 'delivery'];
/** As the server takes them. */
const NAME_MAX = 40;
const RATES_MAX = 100;
const NEW_RATE: TypedRate = { taxClass: '', channel: null, label: '', rate: null };

export function TaxesPart({ location }: { readonly location: LocationState }): ReactElement {
  const t = useWords(words);
  const te = useWords(editWords);
  const allowed = useLimits()('business:settings');
  const limits = location.status === 'closed' ? { ...allowed, disabled: true } : allowed;
  const since = useTaxSince(location);
  const set = useCommand('POST /v1/business/locations/{id}/set-taxes', { again: LOCATION_READS });
  const edit = useLocationEdit<TypedTaxes>(location, ({ taxes }) => taxes, {
    give: (value, { ifMatch }) =>
      set.mutateAsync({ params: { id: location.id }, ifMatch, body: { taxes: taxesOf(value) } }),
    onSaved: () => toast(te('saved')),
  });
  const { value } = edit;
  const faults = rateFaults(value.rates);
  const setRates = (rates: readonly TypedRate[]): void => edit.set({ ...value, rates });
  return (
    <EditCard
      title={t('title')}
      text={t('text')}
      edit={edit}
      isReady={value.rates.length > 0 && faults.every((fault) => fault === null)}
      limits={limits}
      refusals={refusals}
    >
      <ModeField value={value.mode} onChange={(mode) => edit.set({ ...value, mode })} />
      <ul className="flex flex-col gap-3 lg:gap-2">
        {value.rates.map((rate, at) => (
          <RateLine
            // A rate has no other name while its class is typed.
            key={String(at)}
            rate={rate}
            fault={faults[at] ?? null}
            since={since.get(keyOf(rate))}
            isFirst={at === 0}
            onChange={(next) => setRates(value.rates.with(at, next))}
            onRemove={
              limits.disabled || value.rates.length === 1
                ? null
                : () => setRates(value.rates.toSpliced(at, 1))
            }
          />
        ))}
      </ul>
      {limits.disabled || value.rates.length >= RATES_MAX ? null : (
        <div>
          <Button size="compact" icon="plus" onClick={() => setRates([...value.rates, NEW_RATE])}>
            {t('add')}
          </Button>
        </div>
      )}
    </EditCard>
  );
}

function ModeField(props: {
  readonly value: TypedTaxes['mode'];
  onChange(value: TypedTaxes['mode']): void;
}): ReactElement {
  const t = useWords(words);
  return (
    <SelectField
      className="sm:w-72"
      label={t('mode')}
      value={props.value}
      onChange={props.onChange}
      options={[
        { value: 'inclusive', label: t('inclusive') },
        { value: 'exclusive', label: t('exclusive') },
      ]}
    />
  );
}

interface RateLineProps {
  readonly rate: TypedRate;
  readonly fault: RateFault | null;
  readonly since: string | undefined;
  /** Wide screens have the names of the columns above the first one alone. */
  readonly isFirst: boolean;
  onChange(rate: TypedRate): void;
  readonly onRemove: (() => void) | null;
}

function RateLine(props: RateLineProps): ReactElement {
  const t = useWords(words);
  const { rate, fault, since, isFirst, onChange, onRemove } = props;
  const set = (part: Partial<TypedRate>): void => onChange({ ...rate, ...part });
  const label = isFirst ? '' : 'lg:[&>label]:sr-only';
  const wide = `${label} sm:col-span-2 lg:col-span-1`;
  return (
    <li className="grid grid-cols-2 items-end gap-x-3 gap-y-2 border-b border-line pb-3 last:border-b-0 sm:grid-cols-4 lg:items-start lg:grid-cols-[minmax(0,3fr)_minmax(0,3fr)_minmax(0,2fr)_112px_128px_36px] lg:border-b-0 lg:pb-0">
      <TextField
        className={wide}
        label={t('label')}
        maxLength={NAME_MAX}
        error={fault === 'label' ? t('fault-label') : null}
        value={rate.label}
        onChange={(text) => set({ label: text })}
      />
      <TextField
        className={wide}
        label={t('class')}
        maxLength={NAME_MAX}
        error={fault === 'class' || fault === 'twice' ? t(`fault-${fault}`) : null}
        value={rate.taxClass}
        onChange={(taxClass) => set({ taxClass })}
      />
      <SelectField
        className={label}
        label={t('channel')}
        value={rate.channel ?? NONE}
        onChange={(channel) => set({ channel: channel === NONE ? null : channel })}
        options={[
          { value: NONE, label: t('everywhere') },
          ...CHANNELS.map((value) => ({ value, label: t(value) })),
        ]}
      />
      <NumberField
        className={label}
        label={t('rate')}
        unit="%"
        min={0}
        max={100}
        step={1}
        error={fault === 'rate' ? t('fault-rate') : null}
        value={rate.rate === null ? null : percentOf(rate.rate)}
        onChange={(percent) => set({ rate: percent === null ? null : rateOf(percent) })}
      />
      <Since at={since} isLabelHidden={!isFirst} />
      {onRemove === null ? null : (
        <IconButton
          className={isFirst ? 'justify-self-end lg:mt-6' : 'justify-self-end'}
          icon="trash"
          label={`${t('remove')}: ${rate.label}`}
          onClick={onRemove}
        />
      )}
    </li>
  );
}

function Since(props: {
  readonly at: string | undefined;
  /** On wide screens, where the column has its name above. */
  readonly isLabelHidden: boolean;
}): ReactElement {
  const t = useWords(words);
  const { at, isLabelHidden } = props;
  return (
    <p className="flex min-w-0 flex-col gap-1 text-13">
      <span className={isLabelHidden ? 'font-medium lg:sr-only' : 'font-medium'}>{t('since')}</span>
      <span className="flex min-h-9 items-center text-muted">
        {at === undefined ? t('not-yet') : <Moment at={at} only="date" />}
      </span>
    </p>
  );
}
