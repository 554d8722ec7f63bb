/** A till is added to a location, or called otherwise. */
import { useState, type ReactElement } from 'react';
import { client, useCommand, useRead } from '../../api/api.ts';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { ErrorNote, Skeleton } from '../../design/marks.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import type { Location } from '../floor/locations.ts';
import { EditDialog } from '../lists/edit-dialog.tsx';
import { words as editWords } from '../lists/edit-words.ts';
import type { Seen } from '../lists/give-on.ts';
import { useEdit } from '../lists/use-edit.ts';
import { shaped } from '../order/order-types.ts';
import { words as refusals } from './refusal-words.ts';
import { words } from './tills-words.ts';

const READ = 'GET /v1/business/tills/{id}';
export const TILL_READS = ['GET /v1/business/tills', READ] as const;
const NAME_MAX = 60;

interface NewTill {
  readonly name: string;
  readonly locationId: string;
}

export function AddTill({
  locations,
  onClose,
}: {
  readonly locations: readonly Location[];
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const te = useWords(editWords);
  const add = useCommand('POST /v1/business/tills', { again: TILL_READS });
  const [current] = useState<Seen<NewTill>>({
    version: 0,
    part: { name: '', locationId: locations[0]?.id ?? '' },
  });
  const edit = useEdit<NewTill>({
    current,
    readNewest: () => Promise.resolve(current),
    give: (value) => add.mutateAsync({ body: { ...value, name: value.name.trim() } }),
    onSaved: () => {
      toast(te('saved'));
      onClose();
    },
  });
  const { value } = edit;
  return (
    <EditDialog
      title={t('add')}
      size="small"
      edit={edit}
      isReady={value.name.trim() !== ''}
      refusals={refusals}
      onClose={onClose}
    >
      <TextField
        label={t('name')}
        required
        maxLength={NAME_MAX}
        autoFocus
        value={value.name}
        onChange={(name) => edit.set({ ...value, name })}
      />
      {locations.length < 2 ? null : (
        <SelectField
          label={t('location')}
          value={value.locationId}
          onChange={(locationId) => edit.set({ ...value, locationId })}
          options={locations.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </EditDialog>
  );
}

function nameOf(till: unknown): Seen<string> {
  const { version, name } = shaped<{ readonly version: number; readonly name: string }>(till);
  return { version, part: name };
}

export function RenameTill({
  id,
  onClose,
}: {
  readonly id: string;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const read = useRead(READ, { params: { id } });
  if (read.data !== undefined)
    return <RenameForm id={id} till={nameOf(read.data)} onClose={onClose} />;
  return (
    <Dialog title={t('rename')} size="small" isOpen onClose={onClose}>
      {read.error === null ? <Skeleton lines={2} /> : <ErrorNote error={read.error} />}
    </Dialog>
  );
}

function RenameForm({
  id,
  till,
  onClose,
}: {
  readonly id: string;
  readonly till: Seen<string>;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const te = useWords(editWords);
  const params = { id };
  const rename = useCommand('POST /v1/business/tills/{id}/rename', { again: TILL_READS });
  const edit = useEdit<string>({
    current: till,
    // A till that sells is at another version every minute, mostly under the same name.
    readNewest: async () => nameOf((await client.call(READ, { params })).body),
    give: (value, { ifMatch }) =>
      rename.mutateAsync({ params, ifMatch, body: { name: value.trim() } }),
    onSaved: () => {
      toast(te('saved'));
      onClose();
    },
  });
  return (
    <EditDialog
      title={t('rename')}
      size="small"
      edit={edit}
      isReady={edit.value.trim() !== ''}
      refusals={refusals}
      onClose={onClose}
    >
      <TextField
        label={t('name')}
        required
        maxLength={NAME_MAX}
        autoFocus
        value={edit.value}
        onChange={edit.set}
      />
    </EditDialog>
  );
}
