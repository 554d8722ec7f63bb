/** The first location: what its country proposes, each to be changed. */
import { useState, type ReactElement } from 'react';
import { useCommand, useRead } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { ErrorNote, Skeleton } from '../../design/marks.tsx';
import { LOCALES } from '../../words/define-words.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { CURRENCIES, type Currency, type Preset, type TaxPlan } from './plan.ts';
import type { Begun } from './set-up-screen.tsx';
import { TaxFields } from './tax-fields.tsx';
import { words } from './words.ts';

export interface PlaceStepProps {
  readonly begun: Begun;
  onBack(): void;
  onDone(locationId: string): void;
}

export function PlaceStep(props: PlaceStepProps): ReactElement {
  const { country } = props.begun;
  const preset = useRead('GET /v1/business/presets/{country}', { params: { country } });
  if (preset.error !== null)
    return <ErrorNote error={preset.error} onRetry={() => void preset.refetch()} />;
  if (preset.data === undefined) return <Skeleton lines={6} />;
  // safe because the server proposes these four of every country it knows
  return <PlaceForm {...props} preset={preset.data as unknown as Preset} />;
}

/** Languages that a menu is commonly written in; others are added under Settings. */
const MENU_LANGUAGES = ['en', 'pl', 'pt-BR', 'pt', 'de', 'es', 'fr', 'it'];
const NO_TAXES: TaxPlan = { mode: 'exclusive', rates: [] };

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
  const [taxes, setTaxes] = useState<TaxPlan>(preset.taxes ?? NO_TAXES);
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
          currency: choice.currency,
          taxes,
          languages: [...new Set([choice.language, ...preset.languages])],
        };
        make.mutate({ body }, { onSuccess: ({ id }) => onDone(id) });
      }}
    >
      <TextField label={t('place-name')} value={name} onChange={setName} maxLength={200} required />
      <Choices value={choice} proposed={preset} onChange={setChoice} />
      <TaxFields value={taxes} onChange={setTaxes} hasPreset={preset.taxes !== null} />
      {make.error === null ? null : <ErrorNote error={make.error} />}
      <div className="flex gap-2">
        <Button onClick={onBack}>{t('back')}</Button>
        <Button kind="primary" type="submit" isBusy={make.isPending}>
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
  const locale = LOCALES[useLanguage()];
  const tongues = new Intl.DisplayNames(locale, { type: 'language' });
  const monies = new Intl.DisplayNames(locale, { type: 'currency' });
  const languages = [...new Set([...proposed.languages, ...MENU_LANGUAGES])];
  const zones = [...new Set([proposed.timeZone, ...Intl.supportedValuesOf('timeZone')])];
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
        value={value.timeZone}
        onChange={(timeZone) => onChange({ ...value, timeZone })}
        options={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      />
      <SelectField
        label={t('languages')}
        value={value.language}
        onChange={(language) => onChange({ ...value, language })}
        options={languages.map((code) => ({ value: code, label: tongues.of(code) ?? code }))}
      />
    </div>
  );
}
