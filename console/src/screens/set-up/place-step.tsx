/** The first location: what its country proposes, each to be changed. */
import { useState, type ReactElement } from 'react';
import type { Operations } from '../../../../src/client/client.ts';
import { useCommand, useRead } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { ErrorNote, Skeleton } from '../../design/marks.tsx';
import { LOCALES } from '../../words/define-words.ts';
import { zoneLabel } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { CURRENCIES, emptyPreset, type Currency, type Preset, type TaxPlan } from './plan.ts';
import { tongues } from '../lists/regions.ts';
import type { Begun } from './begun.ts';
import { TaxFields } from './tax-fields.tsx';
import { words } from './words.ts';

export interface PlaceStepProps {
  readonly begun: Begun;
  onBack(): void;
  onDone(locationId: string): void;
}

const NOT_FOUND = 404;

export function PlaceStep(props: PlaceStepProps): ReactElement {
  const { country } = props.begun;
  const language = useLanguage();
  const preset = useRead('GET /v1/business/presets/{country}', { params: { country } });
  if (preset.error?.status === NOT_FOUND) {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const reader = { timeZone, language: language === 'pt' ? 'pt-BR' : language };
    return <PlaceForm {...props} preset={emptyPreset(reader)} />;
  }
  if (preset.error !== null)
    return <ErrorNote error={preset.error} onRetry={() => void preset.refetch()} />;
  if (preset.data === undefined) return <Skeleton lines={6} />;
  // safe because the server proposes these of every country it knows
  return <PlaceForm {...props} preset={preset.data as unknown as Preset} />;
}

type OpenLocation = Required<Operations['POST /v1/business/locations']['body']>;
/** Where menus are priced before tax. */
const BEFORE_TAX: readonly string[] = ['US', 'CA'];

function PlaceForm({
  begun,
  preset,
  onBack,
  onDone,
}: PlaceStepProps & { readonly preset: Preset }): ReactElement {
  const t = useWords(words);
  const [name, setName] = useState(begun.name);
  const [choice, setChoice] = useState<Choice>({
    currency: preset.currency,
    timeZone: preset.timeZone,
    language: preset.languages[0] ?? 'en',
  });
  const [taxes, setTaxes] = useState<TaxPlan>(
    preset.taxes ?? {
      mode: BEFORE_TAX.includes(begun.country) ? 'exclusive' : 'inclusive',
      rates: [],
    },
  );
  const make = useCommand('POST /v1/business/locations', { again: ['GET /v1/business/locations'] });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (make.isPending) return;
        const body = {
          name: name.trim(),
          country: begun.country,
          timeZone: choice.timeZone,
          // safe because the list of the form is that of the server; a test compares them
          currency: choice.currency as OpenLocation['currency'],
          taxes,
          languages: [...new Set([choice.language, ...preset.languages])],
        };
        make.mutate({ body }, { onSuccess: ({ id }) => onDone(id) });
      }}
    >
      <TextField label={t('place-name')} value={name} onChange={setName} maxLength={200} required />
      <Choices value={choice} proposed={preset} onChange={setChoice} />
      <TaxFields
        value={taxes}
        onChange={setTaxes}
        hasPreset={preset.taxes !== null}
        source={preset.source}
      />
      {make.error === null ? null : <ErrorNote error={make.error} />}
      <div className="flex gap-2">
        <Button onClick={onBack}>{t('back')}</Button>
        <Button
          kind="primary"
          type="submit"
          isBusy={make.isPending}
          disabled={name.trim() === '' || taxes.rates.length === 0}
        >
          {t('continue')}
        </Button>
      </div>
    </form>
  );
}

interface Choice {
  readonly currency: Currency;
  readonly timeZone: string;
  readonly language: string;
}

function Choices({
  value,
  proposed,
  onChange,
}: {
  readonly value: Choice;
  readonly proposed: Preset;
  onChange(value: Choice): void;
}): ReactElement {
  const t = useWords(words);
  const reader = useLanguage();
  const monies = new Intl.DisplayNames(LOCALES[reader], { type: 'currency' });
  const proposedFirst = (code: string): number => {
    const place = proposed.languages.indexOf(code);
    return place < 0 ? proposed.languages.length : place;
  };
  const languages = tongues(reader).toSorted(
    (a, b) => proposedFirst(a.value) - proposedFirst(b.value),
  );
  const zones = [...new Set([...proposed.timeZones, ...Intl.supportedValuesOf('timeZone')])];
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label={t('currency')}
        value={value.currency}
        onChange={(currency) => onChange({ ...value, currency })}
        options={CURRENCIES.map((code) => ({
          value: code,
          label: `${code} · ${monies.of(code) ?? code}`,
        }))}
      />
      <SelectField
        label={t('zone')}
        hint={proposed.timeZones.length > 1 ? t('zone-hint') : undefined}
        value={value.timeZone}
        onChange={(timeZone) => onChange({ ...value, timeZone })}
        options={zones.map((zone) => ({ value: zone, label: zoneLabel(zone) }))}
      />
      <SelectField
        label={t('languages')}
        value={value.language}
        onChange={(language) => onChange({ ...value, language })}
        options={languages}
      />
    </div>
  );
}
