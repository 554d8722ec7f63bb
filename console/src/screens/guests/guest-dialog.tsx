/** Registers a guest, or changes how one is called and reached; what somebody else changed meanwhile is shown first. */
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { client, useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { zoneLabel } from '../../words/format.ts';
import { useWords } from '../../words/language.ts';
import { Conflict } from '../lists/conflict.tsx';
import { FailureNote } from '../order/failure-note.tsx';
import { shaped } from '../order/order-types.ts';
import type { Guest } from './guest-types.ts';
import { words } from './words.ts';

interface Value {
  readonly name: string;
  readonly kind: Guest['kind'];
  readonly phone: string;
  readonly email: string;
  readonly language: string;
  /** Empty for that of the phone number. */
  readonly timeZone: string;
}

const PRECONDITION_FAILED = 412;
const NAME_MAX = 200;
const ZONES = ['', ...Intl.supportedValuesOf('timeZone')];

function valueOf(guest: Guest | null): Value {
  return {
    name: guest?.name ?? '',
    kind: guest?.kind ?? 'person',
    phone: guest?.phone ?? '',
    email: guest?.email ?? '',
    language: guest?.language ?? '',
    timeZone: guest?.timeZone ?? '',
  };
}

export interface GuestDialogProps {
  /** null for one who is registered now. */
  readonly guest: Guest | null;
  onClose(): void;
  /** What comes after instead of the card of the new guest. */
  onRegistered?(guest: { readonly id: string; readonly name: string }): void;
}

/** Only what differs from what was there. */
function changesOf(value: Value, before: Value): Partial<Value> {
  const trimmed = Object.entries(value).map(([key, text]) => [key, text.trim()] as const);
  // safe because the fields are those of the value
  return Object.fromEntries(
    trimmed.filter(([key, text]) => text !== '' && text !== before[key as keyof Value]),
  ) as Partial<Value>;
}

/** A zone that is taken away is told as null; other fields that were emptied stay as they were. */
function changedContact(
  value: Value,
  before: Value,
): Partial<Omit<Value, 'timeZone'>> & { readonly timeZone?: string | null } {
  const changes = changesOf(value, before);
  return value.timeZone === '' && before.timeZone !== '' ? { ...changes, timeZone: null } : changes;
}

function useGuestForm({ guest, onClose, onRegistered }: GuestDialogProps) {
  const t = useWords(words);
  const navigate = useNavigate();
  const [value, setValue] = useState(() => valueOf(guest));
  const [newest, setNewest] = useState<Guest | null>(null);
  const again = ['GET /v1/customers', 'GET /v1/customers/{id}'] as const;
  const register = useCommand('POST /v1/customers', { again });
  const change = useCommand('POST /v1/customers/{id}/change-contact', { again });
  const give = (ifMatch: number | undefined): void => {
    if (guest === null) {
      const body = {
        ...changesOf(value, valueOf(null)),
        name: value.name.trim(),
        kind: value.kind,
      };
      register.mutate(
        { body },
        {
          onSuccess: ({ id }) => {
            toast(t('registered', { name: value.name }));
            if (onRegistered !== undefined) {
              onRegistered({ id, name: body.name });
              return;
            }
            onClose();
            void navigate({ to: `/guests/${encodeURIComponent(id)}` });
          },
        },
      );
      return;
    }
    change.mutate(
      { params: { id: guest.id }, ifMatch, body: changedContact(value, valueOf(guest)) },
      {
        onSuccess: () => {
          toast(t('saved'));
          onClose();
        },
        onError: ({ status }) => {
          if (status !== PRECONDITION_FAILED) return;
          void client
            .call('GET /v1/customers/{id}', { params: { id: guest.id } })
            .then(({ body }) => setNewest(shaped<Guest>(body)));
        },
      },
    );
  };
  return {
    value,
    setValue,
    newest,
    give,
    pending: register.isPending || change.isPending,
    error: register.error ?? change.error,
  };
}

export function GuestDialog(props: GuestDialogProps): ReactElement {
  const t = useWords(words);
  const { guest, onClose } = props;
  const { value, setValue, newest, give, pending, error } = useGuestForm(props);
  const isConflict = error?.status === PRECONDITION_FAILED;
  return (
    <Dialog
      title={guest === null ? t('new') : t('edit')}
      isOpen
      onClose={onClose}
      footer={
        <Button
          kind="primary"
          isBusy={pending}
          disabled={value.name.trim() === ''}
          onClick={() => give(guest?.version)}
        >
          {guest === null ? t('register') : t('save')}
        </Button>
      }
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <GuestFields value={value} onChange={setValue} />
        <div className="sm:col-span-2">
          {isConflict && newest !== null ? (
            <Conflict
              before={valueOf(guest)}
              after={valueOf(newest)}
              onAgain={() => give(newest.version)}
            />
          ) : (
            <FailureNote error={error} />
          )}
        </div>
      </div>
    </Dialog>
  );
}

/** Cells of a grid of two columns. */
function GuestFields(props: { readonly value: Value; onChange(value: Value): void }): ReactElement {
  const t = useWords(words);
  const { value, onChange } = props;
  const set = (part: Partial<Value>): void => onChange({ ...value, ...part });
  return (
    <>
      <TextField
        className="sm:col-span-2"
        label={t('name')}
        required
        autoFocus
        maxLength={NAME_MAX}
        value={value.name}
        onChange={(name) => set({ name })}
      />
      <TextField
        label={t('phone')}
        type="tel"
        value={value.phone}
        onChange={(phone) => set({ phone })}
      />
      <TextField
        label={t('email')}
        type="email"
        value={value.email}
        onChange={(email) => set({ email })}
      />
      <SelectField
        label={t('kind')}
        value={value.kind}
        onChange={(kind) => set({ kind })}
        options={[
          { value: 'person', label: t('person') },
          { value: 'organisation', label: t('organisation') },
        ]}
      />
      <TextField
        label={t('language')}
        maxLength={5}
        placeholder="pl"
        value={value.language}
        onChange={(language) => set({ language })}
      />
      <SelectField
        className="sm:col-span-2"
        label={t('zone')}
        value={value.timeZone}
        onChange={(timeZone) => set({ timeZone })}
        options={ZONES.map((zone) => ({
          value: zone,
          label: zone === '' ? t('zone-any') : zoneLabel(zone),
        }))}
      />
    </>
  );
}
