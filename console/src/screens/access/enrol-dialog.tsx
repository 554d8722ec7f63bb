/** Enrols this tablet, which keeps its key, or another device, whose key is shown once. */
import { useState, type ReactElement } from 'react';
import { useCommand, useRead } from '../../api/api.ts';
import { keepDeviceKey } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { ErrorNote } from '../../design/marks.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { SecretNote } from './link-note.tsx';
import { words } from './words.ts';

/** The choice for a device that moves between all locations. */
const ANY = 'any';

interface EnrolDialogProps {
  readonly isHere: boolean;
  onClose(): void;
}

export function EnrolDialog({ isHere, onClose }: EnrolDialogProps): ReactElement {
  const t = useWords(words);
  const [key, setKey] = useState<string | null>(null);
  return (
    <Dialog title={t(isHere ? 'enrol' : 'enrol-other')} isOpen onClose={onClose} size="small">
      {key === null ? (
        <EnrolForm
          isHere={isHere}
          onKey={(made) => {
            if (!isHere) {
              setKey(made);
              return;
            }
            keepDeviceKey(made);
            toast(t('enrolled-here'));
            onClose();
          }}
        />
      ) : (
        <SecretNote title={t('device-key')} hint={t('device-key-hint')} secret={key} />
      )}
    </Dialog>
  );
}

function EnrolForm({
  isHere,
  onKey,
}: {
  readonly isHere: boolean;
  onKey(key: string): void;
}): ReactElement {
  const t = useWords(words);
  const [name, setName] = useState('');
  const [place, setPlace] = useState(ANY);
  const places = useRead('GET /v1/business/locations', {});
  const enrol = useCommand('POST /v1/access/devices', { again: ['GET /v1/access/devices'] });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (enrol.isPending) return;
        const body = { name: name.trim(), locationId: place === ANY ? null : place };
        enrol.mutate({ body }, { onSuccess: ({ key }) => onKey(key) });
      }}
    >
      <p className="text-muted">{t('enrol-hint')}</p>
      <TextField
        label={t('device-name')}
        value={name}
        onChange={setName}
        maxLength={100}
        required
        autoFocus
      />
      <SelectField
        label={t('location')}
        value={place}
        onChange={setPlace}
        options={[
          { value: ANY, label: t('any-location') },
          ...(places.data?.items ?? []).map((each) => ({
            value: each.id,
            label: each.name ?? each.id,
          })),
        ]}
      />
      {enrol.error === null ? null : <ErrorNote error={enrol.error} />}
      <Button kind="primary" type="submit" isBusy={enrol.isPending}>
        {t(isHere ? 'enrol' : 'enrol-other')}
      </Button>
    </form>
  );
}
