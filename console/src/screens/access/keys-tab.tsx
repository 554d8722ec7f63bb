/** Keys of programs. */
import { useState, type ReactElement } from 'react';
import type { Operations } from '../../../../src/client/client.ts';
import { useCommand, useRead } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { Dialog } from '../../design/dialogs.tsx';
import { TextField } from '../../design/fields.tsx';
import { EmptyState, ErrorNote } from '../../design/marks.tsx';
import { Moment } from '../../design/texts.tsx';
import type { Language } from '../../words/define-words.ts';
import { useLanguage, useWords, type Speak } from '../../words/language.ts';
import { permissionWords } from '../../words/permissions.ts';
import { SecretNote } from './link-note.tsx';
import { PermissionPicker } from './permission-picker.tsx';
import { revokeColumn } from './revoke-column.tsx';
import { RevokeDialog, type Revocable } from './revoke-dialog.tsx';
import { words } from './words.ts';

const AGAIN = { again: ['GET /v1/keys'] } as const;

export function KeysTab(): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const keys = useRead('GET /v1/keys', { query: { limit: 200 } });
  const revoke = useCommand('DELETE /v1/keys/{id}', AGAIN);
  const [isMaking, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Revocable | null>(null);
  const make = (
    <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
      {t('key-new')}
    </Button>
  );
  return (
    <div className="flex flex-col gap-3">
      <div className="flex justify-end">{make}</div>
      {keys.error === null ? null : (
        <ErrorNote error={keys.error} onRetry={() => void keys.refetch()} />
      )}
      {revoke.error === null ? null : <ErrorNote error={revoke.error} />}
      <DataTable
        label={t('keys')}
        rows={keys.data?.items ?? []}
        rowKey={({ id }) => id}
        isLoading={keys.isLoading}
        empty={
          <EmptyState
            icon="key"
            title={t('keys-empty')}
            text={t('keys-empty-text')}
            action={make}
          />
        }
        columns={columnsOf({ t, language }, setRevoking)}
      />
      {isMaking ? <KeyDialog onClose={() => setMaking(false)} /> : null}
      <RevokeDialog
        thing={revoking}
        isTyped
        onClose={() => setRevoking(null)}
        onRevoke={(id) => revoke.mutateAsync({ params: { id } })}
      />
    </div>
  );
}

type KeyItem = Operations['GET /v1/keys']['answer']['items'][number];

function columnsOf(
  { t, language }: { readonly t: Speak<keyof (typeof words)['en']>; readonly language: Language },
  onRevoke: (key: Revocable) => void,
): readonly Column<KeyItem>[] {
  return [
    {
      key: 'name',
      title: t('key-name'),
      width: '1.4fr',
      sortable: true,
      cell: ({ name }) => name,
    },
    {
      key: 'scopes',
      title: t('key-scopes'),
      width: '2fr',
      cell: ({ scopes }) => (
        <span title={scopes.join(', ')}>
          {scopes.map((scope) => permissionWords(scope, language)).join(', ')}
        </span>
      ),
    },
    {
      key: 'createdAt',
      title: t('created'),
      sortable: true,
      cell: ({ createdAt }) => <Moment at={createdAt} only="date" />,
    },
    {
      key: 'lastUsedOn',
      title: t('last-used'),
      cell: ({ lastUsedOn }) => <Moment at={lastUsedOn} only="date" />,
    },
    revokeColumn(t, onRevoke),
  ];
}

type KeyScopes = Operations['POST /v1/keys']['body']['scopes'];

function KeyDialog({ onClose }: { onClose(): void }): ReactElement {
  const t = useWords(words);
  const roles = useRead('GET /v1/access/roles', {});
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const make = useCommand('POST /v1/keys', AGAIN);
  return (
    <Dialog title={t('key-new')} isOpen onClose={onClose} size="wide">
      {make.data === undefined ? (
        <form
          className="flex flex-col gap-4"
          onSubmit={(submit) => {
            submit.preventDefault();
            // safe because the boxes offer the permissions that the server named
            const body = { name: name.trim(), scopes: scopes as KeyScopes };
            if (!make.isPending) make.mutate({ body });
          }}
        >
          <TextField
            label={t('key-name')}
            value={name}
            onChange={setName}
            maxLength={100}
            required
            autoFocus
          />
          <PermissionPicker
            label={t('key-scopes')}
            known={roles.data?.permissions ?? []}
            value={scopes}
            onChange={setScopes}
          />
          {make.error === null ? null : <ErrorNote error={make.error} />}
          <div className="flex justify-end">
            <Button
              kind="primary"
              type="submit"
              isBusy={make.isPending}
              disabled={scopes.length === 0}
            >
              {t('key-new')}
            </Button>
          </div>
        </form>
      ) : (
        <SecretNote title={t('key-shown')} hint={t('key-shown-hint')} secret={make.data.key} />
      )}
    </Dialog>
  );
}
