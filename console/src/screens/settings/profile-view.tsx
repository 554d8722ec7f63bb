/** Whose business it is, as guests and the tax office know it, and what stands on receipts. */
import type { ReactElement } from 'react';
import { client, useCommand, useRead } from '../../api/api.ts';
import { LinkButton } from '../../design/buttons.tsx';
import { SelectField, TextAreaField, TextField } from '../../design/fields.tsx';
import { EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { toast } from '../../design/toasts.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { EditCard } from '../lists/edit-card.tsx';
import { words as editWords } from '../lists/edit-words.ts';
import { countries } from '../lists/regions.ts';
import { isSame, type Seen } from '../lists/give-on.ts';
import { useEdit, type Edit } from '../lists/use-edit.ts';
import { useLimits } from '../lists/use-limits.ts';
import { shaped } from '../order/order-types.ts';
import { AddressFields } from './address-fields.tsx';
import { addressFault, addressOf, draftOf } from './address.ts';
import type { Address } from './location-types.ts';
import { words } from './profile-words.ts';
import { LogoField } from './logo-field.tsx';
import { ReceiptPreview } from './receipt-preview.tsx';
import { linesFault, linesOf } from './receipt-lines.ts';
import { words as refusals } from './refusal-words.ts';
import type { ProfileValue } from './profile-value.ts';

interface Profile {
  readonly version: number;
  readonly legalName: string;
  readonly tradeName: string | null;
  readonly country: string;
  readonly taxId: string | null;
  readonly logoId: string | null;
  readonly address: Address | null;
  readonly receipt: { readonly header: readonly string[]; readonly footer: readonly string[] };
}

const READ = 'GET /v1/business/profiles/{id}';
const PARAMS = { id: 'main' };
const NOT_FOUND = 404;

function seenOf(profile: Profile): Seen<ProfileValue> {
  const { version, legalName, tradeName, country, taxId, logoId, address, receipt } = profile;
  return {
    version,
    part: {
      legalName,
      tradeName: tradeName ?? '',
      country,
      taxId: taxId ?? '',
      logoId,
      address: draftOf(address, country),
      header: receipt.header.join('\n'),
      footer: receipt.footer.join('\n'),
    },
  };
}

/** As the server takes it; an empty field takes away what was there. */
function bodyOf(value: ProfileValue) {
  return {
    legalName: value.legalName.trim(),
    tradeName: value.tradeName.trim() === '' ? null : value.tradeName.trim(),
    country: value.country,
    taxId: value.taxId.trim() === '' ? null : value.taxId.trim(),
    logoId: value.logoId,
    address: addressOf(value.address),
    receipt: { header: linesOf(value.header), footer: linesOf(value.footer) },
  };
}

function changesOf(value: ProfileValue, before: ProfileValue): Partial<ReturnType<typeof bodyOf>> {
  const [now, then] = [bodyOf(value), bodyOf(before)];
  const changed = Object.entries(now).filter(
    // safe because both have the same fields
    ([name, field]) => !isSame(field, then[name as keyof typeof then]),
  );
  // safe because the fields are those of the body
  return Object.fromEntries(changed) as Partial<ReturnType<typeof bodyOf>>;
}

export function ProfileView(): ReactElement {
  const t = useWords(words);
  const { at } = useAsOf();
  const query = at === null ? {} : { query: { at } };
  const read = useRead(READ, { params: PARAMS, ...query });
  if (read.error?.status === NOT_FOUND)
    return (
      <EmptyState
        icon="business"
        title={t('empty-title')}
        text={t('empty-text')}
        action={
          <LinkButton to="/set-up" kind="primary" icon="plus">
            {t('set-up')}
          </LinkButton>
        }
      />
    );
  if (read.error !== null)
    return <ErrorNote error={read.error} onRetry={() => void read.refetch()} />;
  if (read.data === undefined) return <Skeleton lines={8} />;
  return <ProfileForm profile={shaped<Profile>(read.data)} />;
}

function useProfileEdit(profile: Profile): Edit<ProfileValue> {
  const te = useWords(editWords);
  const change = useCommand('POST /v1/business/profiles/{id}/change', {
    again: [READ, 'GET /v1/business/profiles'],
  });
  return useEdit<ProfileValue>({
    current: seenOf(profile),
    readNewest: async () => {
      const { body } = await client.call(READ, { params: PARAMS });
      return seenOf(shaped<Profile>(body));
    },
    give: async (value, { ifMatch, before }) => {
      const body = changesOf(value, before);
      if (Object.keys(body).length === 0) return;
      await change.mutateAsync({ params: PARAMS, ifMatch, body });
    },
    onSaved: () => toast(te('saved')),
  });
}

function ProfileForm({ profile }: { readonly profile: Profile }): ReactElement {
  const t = useWords(words);
  const limits = useLimits()('business:settings');
  const edit = useProfileEdit(profile);
  const { value } = edit;
  const set = (part: Partial<ProfileValue>): void => edit.set({ ...value, ...part });
  const isReady =
    value.legalName.trim() !== '' &&
    addressFault(value.address) === null &&
    linesFault(value.header) === null &&
    linesFault(value.footer) === null;
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <EditCard
        title={t('title')}
        edit={edit}
        isReady={isReady}
        limits={limits}
        refusals={refusals}
      >
        <NameFields value={value} onChange={set} />
        <LogoField
          value={value.logoId}
          isOff={limits.disabled}
          onChange={(logoId) => set({ logoId })}
        />
        <AddressFields value={value.address} onChange={(address) => set({ address })} />
        <LinesField
          label={t('header')}
          hint={t('header-hint')}
          value={value.header}
          onChange={(header) => set({ header })}
        />
        <LinesField
          label={t('footer')}
          hint={t('footer-hint')}
          value={value.footer}
          onChange={(footer) => set({ footer })}
        />
      </EditCard>
      <ReceiptPreview value={value} />
    </div>
  );
}

function NameFields({
  value,
  onChange,
}: {
  readonly value: ProfileValue;
  onChange(part: Partial<ProfileValue>): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <TextField
        label={t('legal-name')}
        hint={t('legal-hint')}
        required
        maxLength={200}
        value={value.legalName}
        onChange={(legalName) => onChange({ legalName })}
      />
      <TextField
        label={t('trade-name')}
        hint={t('trade-hint')}
        maxLength={200}
        value={value.tradeName}
        onChange={(tradeName) => onChange({ tradeName })}
      />
      <SelectField
        label={t('country')}
        value={value.country}
        onChange={(country) => onChange({ country })}
        options={countries(language)}
      />
      <TextField
        label={t('tax-id')}
        hint={t('tax-hint')}
        maxLength={24}
        value={value.taxId}
        onChange={(taxId) => onChange({ taxId })}
      />
    </div>
  );
}

function LinesField(props: {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  onChange(value: string): void;
}): ReactElement {
  const t = useWords(words);
  const fault = linesFault(props.value);
  return <TextAreaField {...props} rows={3} error={fault === null ? null : t(`lines-${fault}`)} />;
}
