/** One person: their roles and rules, links, sessions, disabling and removing. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { ConfirmDialog, Drawer } from '../../design/dialogs.tsx';
import { ErrorNote } from '../../design/marks.tsx';
import { Facts } from '../../design/page.tsx';
import { Moment } from '../../design/texts.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { LinkNote } from './link-note.tsx';
import { StatusBadge } from './status-badge.tsx';
import { RolesForm } from './roles-form.tsx';
import { SessionList } from './sessions-tab.tsx';
import type { UserItem } from './why.ts';
import { words } from './words.ts';

const AGAIN = { again: ['GET /v1/access/users'] } as const;

export function PersonDrawer({
  user,
  onClose,
}: {
  readonly user: UserItem;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const { permissions } = useSession();
  const mayWrite = allows(permissions, 'access:write');
  return (
    <Drawer title={user.name} isOpen onClose={onClose}>
      <div className="flex flex-col gap-6">
        <Facts
          facts={[
            [t('email'), user.email],
            [t('status'), <StatusBadge key="status" status={user.status} />],
            [t('factor'), t(user.hasTotp ? 'yes' : 'no')],
            [t('pin'), t(user.hasPin ? 'yes' : 'no')],
            [t('created'), <Moment key="created" at={user.createdAt} />],
          ]}
        />
        {mayWrite ? <Change user={user} /> : null}
        {mayWrite ? <Links user={user} onClose={onClose} /> : null}
        <section className="flex flex-col gap-2">
          <h3 className="text-14">{t('sessions')}</h3>
          <SessionList userId={user.id} />
        </section>
      </div>
    </Drawer>
  );
}

function Change({ user }: { readonly user: UserItem }): ReactElement {
  const t = useWords(words);
  const [roles, setRoles] = useState(user.roles);
  const change = useCommand('PUT /v1/access/users/{id}', AGAIN);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (change.isPending) return;
        change.mutate(
          { params: { id: user.id }, body: { roles } },
          { onSuccess: () => toast(t('saved')) },
        );
      }}
    >
      <RolesForm
        value={roles}
        onChange={(next) =>
          setRoles(next.map((each) => ({ ...each, amounts: { ...each.amounts } })))
        }
      />
      {change.error === null ? null : <ErrorNote error={change.error} />}
      <div>
        <Button kind="primary" type="submit" isBusy={change.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

function Links({ user, onClose }: { readonly user: UserItem; onClose(): void }): ReactElement {
  const t = useWords(words);
  const [isRemoving, setRemoving] = useState(false);
  const link = useCommand('POST /v1/access/users/{id}/links');
  const change = useCommand('PUT /v1/access/users/{id}', AGAIN);
  const remove = useCommand('DELETE /v1/access/users/{id}', AGAIN);
  const params = { id: user.id };
  const isDisabled = user.status === 'disabled';
  const error = link.error ?? change.error ?? remove.error;
  return (
    <section className="flex flex-col gap-3 border-t border-line pt-4">
      <div className="flex flex-wrap gap-2">
        <Button icon="link" onClick={() => link.mutate({ params, body: { kind: 'password' } })}>
          {t('new-link-password')}
        </Button>
        {user.signedInOn === null ? (
          <Button icon="link" onClick={() => link.mutate({ params, body: { kind: 'invitation' } })}>
            {t('new-link-invitation')}
          </Button>
        ) : null}
        {user.hasTotp ? (
          <Button icon="link" onClick={() => link.mutate({ params, body: { kind: 'totp' } })}>
            {t('new-link-totp')}
          </Button>
        ) : null}
        <Button
          icon={isDisabled ? 'unlock' : 'lock'}
          isBusy={change.isPending}
          onClick={() =>
            change.mutate({ params, body: { status: isDisabled ? 'active' : 'disabled' } })
          }
        >
          {t(isDisabled ? 'enable' : 'disable')}
        </Button>
        <Button kind="danger" icon="trash" onClick={() => setRemoving(true)}>
          {t('remove')}
        </Button>
      </div>
      {link.data === undefined ? null : <LinkNote link={link.data} />}
      {error === null ? null : <ErrorNote error={error} />}
      <ConfirmDialog
        title={`${t('remove')}: ${user.name}`}
        text={t('remove-text')}
        word={user.email}
        action={t('remove')}
        isOpen={isRemoving}
        onClose={() => setRemoving(false)}
        onConfirm={() => remove.mutateAsync({ params }).then(onClose, () => setRemoving(false))}
      />
    </section>
  );
}
