/** Rules of booking: when and how late, how large parties are and how long they stay, what it costs not to come. */
import type { ReactElement, ReactNode } from 'react';
import { SelectField } from '../../design/fields.tsx';
import { MoneyField, NumberField } from '../../design/number-fields.tsx';
import { useWords } from '../../words/language.ts';
import { EditCard } from '../lists/edit-card.tsx';
import { useLimits } from '../lists/use-limits.ts';
import { DurationFields } from './duration-fields.tsx';
import type { LocationState } from './location-types.ts';
import { words as refusals } from './refusal-words.ts';
import {
  LIMITS,
  NUMBERS,
  ruleFaults,
  rulesOf,
  settingsOf,
  type AmountName,
  type LimitName,
  type NumberName,
  type RuleFault,
  type Rules,
} from './rules.ts';
import { words } from './rules-words.ts';
import { useCalendarEdit, type Calendar } from './use-calendar.ts';

const PART = { of: rulesOf, write: settingsOf };
const GRIDS = [5, 10, 15, 20, 30, 60] as const;

interface FieldsProps {
  readonly value: Rules;
  readonly faults: ReadonlyMap<string, RuleFault>;
  readonly currency: string;
  onChange(part: Partial<Rules>): void;
}

export function RulesPart({
  location,
  calendar,
}: {
  readonly location: LocationState;
  readonly calendar: Calendar;
}): ReactElement {
  const t = useWords(words);
  const allowed = useLimits()('reservations:configure');
  const limits = location.status === 'closed' ? { ...allowed, disabled: true } : allowed;
  const edit = useCalendarEdit(location.id, calendar, PART);
  const { value } = edit;
  const faults = ruleFaults(value);
  const fields: FieldsProps = {
    value,
    faults,
    currency: location.currency,
    onChange: (part) => edit.set({ ...value, ...part }),
  };
  return (
    <EditCard
      title={t('title')}
      edit={edit}
      isReady={faults.size === 0}
      limits={limits}
      refusals={refusals}
    >
      <Group title={t('group-times')}>
        <GridField {...fields} />
        <Rule name="lastStartMinutes" {...fields} />
        <Rule name="leadMinutes" {...fields} />
        <Rule name="aheadDays" {...fields} />
      </Group>
      <Group title={t('group-parties')}>
        <Rule name="partySizeMin" {...fields} />
        <Rule name="partySizeMax" {...fields} />
        <Limit name="bookingsPerSlot" {...fields} />
        <Limit name="coversPerSlot" {...fields} />
      </Group>
      <DurationFields
        value={value.durations}
        faults={faults}
        isOff={limits.disabled}
        onChange={(durations) => fields.onChange({ durations })}
      >
        <Rule name="bufferMinutes" {...fields} />
      </DurationFields>
      <Group title={t('group-confirm')}>
        <ConfirmationField {...fields} />
        <Rule name="holdMinutes" {...fields} />
        <Rule name="offerMinutes" {...fields} />
      </Group>
      <MoneyRules {...fields} />
    </EditCard>
  );
}

function MoneyRules(fields: FieldsProps): ReactElement {
  const t = useWords(words);
  return (
    <Group title={t('group-money')}>
      <Amount name="depositPerGuest" {...fields} />
      <Rule name="depositFromPartySize" {...fields} />
      <Rule name="freeCancelMinutes" {...fields} />
      <Amount name="lateCancelFeePerGuest" {...fields} />
      <Amount name="noShowFeePerGuest" {...fields} />
    </Group>
  );
}

function Group({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <fieldset className="flex min-w-0 flex-col border-t border-line pt-3">
      <legend className="float-left w-full pb-2 text-14 font-semibold">{title}</legend>
      <div className="grid items-start gap-3 sm:grid-cols-2 xl:grid-cols-4">{children}</div>
    </fieldset>
  );
}

/** Units that stand within the fields. */
const UNITS: Readonly<Partial<Record<NumberName, 'minutes' | 'days' | 'guests'>>> = {
  bufferMinutes: 'minutes',
  lastStartMinutes: 'minutes',
  leadMinutes: 'minutes',
  aheadDays: 'days',
  holdMinutes: 'minutes',
  offerMinutes: 'minutes',
  freeCancelMinutes: 'minutes',
};

function Rule({
  name,
  value,
  faults,
  onChange,
}: FieldsProps & { readonly name: NumberName }): ReactElement {
  const t = useWords(words);
  const [min, max] = NUMBERS[name];
  const fault = faults.get(name);
  const unit = UNITS[name];
  return (
    <NumberField
      label={t(name)}
      hint={t(`${name}-hint`)}
      error={fault === undefined ? null : t(`fault-${fault}`, { min, max })}
      min={min}
      max={max}
      step={unit === 'minutes' ? 5 : 1}
      unit={unit === undefined ? undefined : t(unit)}
      value={value[name]}
      onChange={(next) => onChange({ [name]: next })}
    />
  );
}

function Limit({
  name,
  value,
  faults,
  onChange,
}: FieldsProps & { readonly name: LimitName }): ReactElement {
  const t = useWords(words);
  const max = LIMITS[name];
  return (
    <NumberField
      label={t(name)}
      hint={t('limit-hint')}
      error={faults.has(name) ? t('fault-bounds', { min: 1, max }) : null}
      value={value[name]}
      onChange={(next) => onChange({ [name]: next })}
    />
  );
}

function Amount({
  name,
  value,
  currency,
  onChange,
}: FieldsProps & { readonly name: AmountName }): ReactElement {
  const t = useWords(words);
  return (
    <MoneyField
      label={t(name)}
      hint={t(name === 'depositPerGuest' ? 'depositPerGuest-hint' : 'amount-hint')}
      currency={currency}
      value={{ amount: value[name], currency }}
      onChange={(money) => onChange({ [name]: money?.amount ?? 0 })}
    />
  );
}

function GridField({ value, onChange }: FieldsProps): ReactElement {
  const t = useWords(words);
  return (
    <SelectField
      label={t('grid')}
      hint={t('grid-hint')}
      value={String(value.gridMinutes)}
      onChange={(text) => {
        const gridMinutes = GRIDS.find((each) => String(each) === text);
        if (gridMinutes !== undefined) onChange({ gridMinutes });
      }}
      options={GRIDS.map((each) => ({
        value: String(each),
        label: `${String(each)} ${t('minutes')}`,
      }))}
    />
  );
}

function ConfirmationField({ value, onChange }: FieldsProps): ReactElement {
  const t = useWords(words);
  return (
    <SelectField
      className="xl:col-span-2"
      label={t('confirmation')}
      value={value.confirmation}
      onChange={(confirmation) => onChange({ confirmation })}
      options={[
        { value: 'automatic', label: t('automatic') },
        { value: 'manual', label: t('manual') },
      ]}
    />
  );
}
