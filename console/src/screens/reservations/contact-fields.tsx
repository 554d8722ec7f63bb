/** How a guest is reached: the phone first, since a known guest is found by it. */
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { CheckField, TextAreaField, TextField } from '../../design/fields.tsx';
import { useWords } from '../../words/language.ts';
import { words } from './words-book.ts';

export interface ContactValue {
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly note: string;
  readonly customerId: string | null;
}

export const NO_CONTACT: ContactValue = {
  name: '',
  phone: '',
  email: '',
  note: '',
  customerId: null,
};
const NAME_MAX = 200;
const NOTE_MAX = 1000;
const E164 = /^\+[1-9]\d{6,14}$/;

/** As the interface takes it: only what was given, the phone without spaces. */
export function contactOf({ name, phone, email }: ContactValue) {
  const bare = phone.replaceAll(/[\s()./-]/g, '');
  return {
    name: name.trim(),
    ...(bare === '' ? {} : { phone: bare }),
    ...(email.trim() === '' ? {} : { email: email.trim() }),
  };
}

export function isReachable(value: ContactValue): boolean {
  const { name, phone, email } = contactOf(value);
  return name !== '' && (phone !== undefined || email !== undefined);
}

export function ContactFields(props: {
  readonly value: ContactValue;
  onChange(value: ContactValue): void;
  readonly hasNote?: boolean;
  readonly hasLookup?: boolean;
}): ReactElement {
  const t = useWords(words);
  const { value, onChange, hasNote = true, hasLookup = true } = props;
  const change = (part: Partial<ContactValue>): void => onChange({ ...value, ...part });
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <TextField
        label={t('phone')}
        type="tel"
        hint={t('phone-hint')}
        value={value.phone}
        onChange={(phone) => change({ phone, customerId: null })}
      />
      <TextField
        label={t('name')}
        required
        maxLength={NAME_MAX}
        value={value.name}
        onChange={(name) => change({ name })}
      />
      <TextField
        label={t('email')}
        type="email"
        value={value.email}
        onChange={(email) => change({ email })}
      />
      {hasLookup ? <Known value={value} onChange={onChange} /> : null}
      {hasNote ? (
        <TextAreaField
          className="sm:col-span-2"
          label={t('note')}
          hint={t('note-hint')}
          rows={2}
          maxLength={NOTE_MAX}
          value={value.note}
          onChange={(note) => change({ note })}
        />
      ) : null}
    </div>
  );
}

function Known({
  value,
  onChange,
}: {
  readonly value: ContactValue;
  onChange(value: ContactValue): void;
}): ReactElement | null {
  const t = useWords(words);
  const { permissions } = useSession();
  const { phone = '' } = contactOf(value);
  const isPhone = E164.test(phone);
  const read = useRead(
    'GET /v1/customers',
    { query: { phone, limit: 1 } },
    { enabled: isPhone && allows(permissions, 'customers:read') },
  );
  const known = read.data?.items[0];
  if (!isPhone || read.data === undefined) return null;
  if (known === undefined)
    return <p className="self-end pb-2 text-13 text-muted">{t('known-unknown')}</p>;
  return (
    <div className="self-end pb-1">
      <p dir="auto" className="truncate text-13 text-muted">
        {t('known', { name: known.name ?? '–' })}
      </p>
      <CheckField
        label={t('known-use')}
        value={value.customerId === known.id}
        onChange={(isUsed) =>
          onChange({
            ...value,
            customerId: isUsed ? known.id : null,
            name: isUsed && value.name === '' ? (known.name ?? '') : value.name,
            email: isUsed && value.email === '' ? (known.email ?? '') : value.email,
          })
        }
      />
    </div>
  );
}
