/** What a location is: its name, address, languages, when its day ends; and its end. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { ConfirmDialog } from '../../design/dialogs.tsx';
import { TextField } from '../../design/fields.tsx';
import { TimeField } from '../../design/number-fields.tsx';
import { Card, Facts } from '../../design/page.tsx';
import { toast } from '../../design/toasts.tsx';
import { LOCALES } from '../../words/define-words.ts';
import { zoneLabel } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { EditCard } from '../lists/edit-card.tsx';
import { words as editWords } from '../lists/edit-words.ts';
import { followUp } from '../lists/follow-up.ts';
import { Refusal } from '../lists/refusal.tsx';
import { isSame } from '../lists/give-on.ts';
import { useLimits, type Limits } from '../lists/use-limits.ts';
import { AddressFields } from './address-fields.tsx';
import { addressFault, addressOf, draftOf, type AddressDraft } from './address.ts';
import { LanguagesField } from './languages-field.tsx';
import type { LocationState } from './location-types.ts';
import { words } from './place-words.ts';
import { words as refusals } from './refusal-words.ts';
import { LOCATION_READS, useLocationEdit } from './use-location.ts';

interface PlaceValue {
  readonly name: string;
  readonly dayCutOff: string;
  readonly languages: readonly string[];
  readonly address: AddressDraft;
}

function placeOf(location: LocationState): PlaceValue {
  const { name, dayCutOff, languages, address } = location;
  return { name, dayCutOff, languages, address: draftOf(address, '') };
}

/** Only what was changed: two people who change different things do not undo each other. */
function changesOf(value: PlaceValue, before: PlaceValue) {
  const address = addressOf(value.address);
  return {
    ...(value.name.trim() === before.name ? {} : { name: value.name.trim() }),
    ...(value.dayCutOff === before.dayCutOff ? {} : { dayCutOff: value.dayCutOff }),
    ...(isSame(value.languages, before.languages) ? {} : { languages: value.languages }),
    ...(address === null || isSame(value.address, before.address) ? {} : { address }),
  };
}

export function PlacePart({ location }: { readonly location: LocationState }): ReactElement {
  const limits = useLimits()('business:settings');
  const isClosed = location.status === 'closed';
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <PlaceForm location={location} limits={isClosed ? { ...limits, disabled: true } : limits} />
      <div className="flex min-w-0 flex-col gap-4">
        <Fixed location={location} />
        {isClosed || limits.disabled ? null : <Closing location={location} limits={limits} />}
      </div>
    </div>
  );
}

function PlaceForm({
  location,
  limits,
}: {
  readonly location: LocationState;
  readonly limits: Limits;
}): ReactElement {
  const t = useWords(words);
  const te = useWords(editWords);
  const change = useCommand('POST /v1/business/locations/{id}/change', { again: LOCATION_READS });
  const edit = useLocationEdit(location, placeOf, {
    give: async (value, { ifMatch, before }) => {
      const body = changesOf(value, before);
      if (Object.keys(body).length === 0) return;
      await change.mutateAsync({ params: { id: location.id }, ifMatch, body });
    },
    onSaved: () => toast(te('saved')),
  });
  const { value } = edit;
  const set = (part: Partial<PlaceValue>): void => edit.set({ ...value, ...part });
  const isReady =
    value.name.trim() !== '' && value.dayCutOff !== '' && addressFault(value.address) === null;
  return (
    <EditCard title={t('place')} edit={edit} isReady={isReady} limits={limits} refusals={refusals}>
      <TextField
        label={t('name')}
        required
        maxLength={100}
        value={value.name}
        onChange={(name) => set({ name })}
      />
      <AddressFields value={value.address} onChange={(address) => set({ address })} />
      <TimeField
        className="sm:w-72"
        label={t('cut-off')}
        hint={t('cut-off-hint')}
        value={value.dayCutOff}
        onChange={(dayCutOff) => set({ dayCutOff })}
      />
      <LanguagesField
        value={value.languages}
        isOff={limits.disabled}
        onChange={(languages) => set({ languages })}
      />
    </EditCard>
  );
}

/** What reports of past days rest on stays as it is. */
function Fixed({ location }: { readonly location: LocationState }): ReactElement {
  const t = useWords(words);
  const locale = LOCALES[useLanguage()];
  const money = new Intl.DisplayNames(locale, { type: 'currency' });
  return (
    <Card title={t('fixed')}>
      <Facts
        facts={[
          [t('currency'), `${money.of(location.currency) ?? ''} (${location.currency})`],
          [t('zone'), zoneLabel(location.timeZone)],
        ]}
      />
      <p className="pt-3 text-12 text-muted">{t('fixed-text')}</p>
    </Card>
  );
}

const REASON_MAX = 200;

function Closing({
  location,
  limits,
}: {
  readonly location: LocationState;
  readonly limits: Limits;
}): ReactElement {
  const t = useWords(words);
  const [isAsked, setAsked] = useState(false);
  const [reason, setReason] = useState('');
  const close = useCommand('POST /v1/business/locations/{id}/close', { again: LOCATION_READS });
  const text = reason.trim();
  return (
    <Card title={t('close')}>
      <p className="pb-3 text-13 text-muted">{t('close-text')}</p>
      <Button kind="danger" {...limits} onClick={() => setAsked(true)}>
        {t('close-go')}
      </Button>
      <ConfirmDialog
        title={t('close-go')}
        text={t('close-sure', { name: location.name })}
        word={location.name}
        action={t('close-go')}
        isOpen={isAsked}
        isBusy={close.isPending}
        onClose={() => setAsked(false)}
        onConfirm={() => {
          if (text === '') return;
          const { id, version } = location;
          followUp(
            close.mutateAsync({ params: { id }, ifMatch: version, body: { reason: text } }),
            () => {
              toast(t('closed-done'));
              setAsked(false);
            },
          );
        }}
      >
        <TextField
          label={t('reason')}
          required
          maxLength={REASON_MAX}
          value={reason}
          onChange={setReason}
        />
        <Refusal error={close.error} words={refusals} />
      </ConfirmDialog>
    </Card>
  );
}
