/** Roles: the built-in ones as they are, and those of the house. */
import { useState, type ReactElement } from 'react';
import { useCommand, useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { TextField } from '../../design/fields.tsx';
import { Badge, ErrorNote } from '../../design/marks.tsx';
import { useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { PermissionList } from './permission-list.tsx';
import { PermissionPicker } from './permission-picker.tsx';
import { useRoleNames } from './role-names.ts';
import type { RoleItem } from './why.ts';
import { words } from './words.ts';

const NEW: RoleItem = { id: '', name: '', permissions: [], builtIn: false };
const AGAIN = { again: ['GET /v1/access/roles'] } as const;

export function RolesTab(): ReactElement {
  const t = useWords(words);
  const { permissions } = useSession();
  const roles = useRead('GET /v1/access/roles', {});
  const roleName = useRoleNames();
  const [open, setOpen] = useState<RoleItem | null>(null);
  const mayWrite = allows(permissions, 'access:write');
  return (
    <div className="flex flex-col gap-3">
      <div className="flex justify-end">
        <Button kind="primary" icon="plus" hidden={!mayWrite} onClick={() => setOpen(NEW)}>
          {t('role-new')}
        </Button>
      </div>
      {roles.error === null ? null : (
        <ErrorNote error={roles.error} onRetry={() => void roles.refetch()} />
      )}
      <DataTable
        label={t('roles')}
        rows={roles.data?.items ?? []}
        rowKey={({ id }) => id}
        isLoading={roles.isLoading}
        onOpen={setOpen}
        columns={[
          {
            key: 'name',
            title: t('role'),
            width: '1.5fr',
            sortable: true,
            cell: ({ id }) => roleName(id),
          },
          { key: 'id', title: t('role-id'), cell: ({ id }) => id },
          {
            key: 'permissions',
            title: t('permissions'),
            cell: (role) => t('permission-count', { count: role.permissions.length }),
          },
          {
            key: 'builtIn',
            title: t('status'),
            cell: ({ builtIn }) => (
              <Badge tone={builtIn ? 'plain' : 'info'}>
                {t(builtIn ? 'built-in' : 'own-role')}
              </Badge>
            ),
          },
        ]}
      />
      {open === null ? null : (
        <RoleDialog
          role={open}
          known={roles.data?.permissions ?? []}
          isReadOnly={open.builtIn || !mayWrite}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

interface RoleDialogProps {
  readonly role: RoleItem;
  readonly known: readonly string[];
  readonly isReadOnly: boolean;
  onClose(): void;
}

function RoleDialog({ role, known, isReadOnly, onClose }: RoleDialogProps): ReactElement {
  const t = useWords(words);
  const roleName = useRoleNames();
  if (isReadOnly)
    return (
      <Dialog title={roleName(role.id)} isOpen onClose={onClose} size="wide">
        <PermissionList permissions={role.permissions} />
      </Dialog>
    );
  return (
    <Dialog title={role.id === '' ? t('role-new') : role.name} isOpen onClose={onClose} size="wide">
      <RoleForm role={role} known={known} onClose={onClose} />
    </Dialog>
  );
}

function RoleForm({ role, known, onClose }: Omit<RoleDialogProps, 'isReadOnly'>): ReactElement {
  const t = useWords(words);
  const [id, setId] = useState(role.id);
  const [name, setName] = useState(role.name);
  const [permissions, setPermissions] = useState(role.permissions);
  const put = useCommand('PUT /v1/access/roles/{id}', AGAIN);
  const remove = useCommand('DELETE /v1/access/roles/{id}', AGAIN);
  const error = put.error ?? remove.error;
  const save = (): void => {
    const body = { name: name.trim(), permissions };
    followUp(put.mutateAsync({ params: { id: id.trim() }, body }), onClose);
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (!put.isPending) save();
      }}
    >
      <TextField
        label={t('role-name')}
        value={name}
        onChange={setName}
        maxLength={100}
        required
        autoFocus
      />
      {role.id === '' ? <IdField value={id} onChange={setId} /> : null}
      <PermissionPicker
        label={t('permissions')}
        known={known}
        value={permissions}
        onChange={setPermissions}
      />
      {error === null ? null : <ErrorNote error={error} />}
      <div className="flex flex-wrap justify-end gap-2">
        {role.id === '' ? null : (
          <Button
            kind="danger"
            icon="trash"
            isBusy={remove.isPending}
            onClick={() => followUp(remove.mutateAsync({ params: { id: role.id } }), onClose)}
          >
            {t('remove')}
          </Button>
        )}
        <Button
          kind="primary"
          type="submit"
          isBusy={put.isPending}
          disabled={permissions.length === 0}
        >
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

function IdField(props: { readonly value: string; onChange(value: string): void }): ReactElement {
  const t = useWords(words);
  return (
    <TextField {...props} label={t('role-id')} hint={t('role-id-hint')} maxLength={40} required />
  );
}
