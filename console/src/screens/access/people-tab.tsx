import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { CallFailed, Operations } from '../../../../src/client/client.ts';
import { client } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { EmptyState, ErrorNote } from '../../design/marks.tsx';
import { Moment } from '../../design/texts.tsx';
import { useWords, type Speak } from '../../words/language.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { PersonDrawer } from './person-drawer.tsx';
import { useRoleNames } from './role-names.ts';
import { StatusBadge } from './status-badge.tsx';
import type { UserItem } from './why.ts';
import { words } from './words.ts';

type Page = Operations['GET /v1/access/users']['answer'];

/** Everybody of the tenant, page after page. */
export function usePeople() {
  return useInfiniteQuery<
    Page,
    CallFailed,
    InfiniteData<Page>,
    readonly string[],
    string | undefined
  >({
    queryKey: ['GET /v1/access/users'],
    initialPageParam: undefined,
    queryFn: async ({ pageParam, signal }) =>
      (await client.call('GET /v1/access/users', { query: { after: pageParam }, signal })).body,
    getNextPageParam: ({ more, next }) => (more ? (next ?? undefined) : undefined),
  });
}

export function PeopleTab(): ReactElement {
  const t = useWords(words);
  const { permissions } = useSession();
  const people = usePeople();
  const roleName = useRoleNames();
  const [isInviting, setInviting] = useState(false);
  const [openId, setOpenId] = useState<string | null>(null);
  const rows = people.data?.pages.flatMap(({ items }) => items) ?? [];
  const open = rows.find(({ id }) => id === openId);
  const mayWrite = allows(permissions, 'access:write');
  const invite = (
    <Button kind="primary" icon="person-add" hidden={!mayWrite} onClick={() => setInviting(true)}>
      {t('invite')}
    </Button>
  );
  return (
    <div className="flex flex-col gap-3">
      <div className="flex justify-end">{invite}</div>
      {people.error === null ? null : (
        <ErrorNote error={people.error} onRetry={() => void people.refetch()} />
      )}
      <DataTable
        label={t('people')}
        columns={columnsOf(t, roleName)}
        rows={rows}
        rowKey={({ id }) => id}
        isLoading={people.isLoading}
        onOpen={({ id }) => setOpenId(id)}
        openKey={openId}
        loadMore={people.hasNextPage ? () => void people.fetchNextPage() : undefined}
        empty={
          <EmptyState
            icon="guests"
            title={t('people-empty')}
            text={t('people-empty-text')}
            action={invite}
          />
        }
      />
      {isInviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
      {open === undefined ? null : (
        <PersonDrawer key={open.id} user={open} onClose={() => setOpenId(null)} />
      )}
    </div>
  );
}

function columnsOf(
  t: Speak<keyof (typeof words)['en']>,
  roleName: (id: string) => string,
): readonly Column<UserItem>[] {
  return [
    { key: 'name', title: t('name'), width: '1.4fr', sortable: true, cell: ({ name }) => name },
    { key: 'email', title: t('email'), width: '1.6fr', sortable: true, cell: ({ email }) => email },
    {
      key: 'roles',
      title: t('roles'),
      width: '1.2fr',
      cell: ({ roles }) => roles.map(({ role }) => roleName(role)).join(', '),
    },
    { key: 'status', title: t('status'), cell: ({ status }) => <StatusBadge status={status} /> },
    {
      key: 'totp',
      title: t('factor'),
      width: 110,
      cell: ({ hasTotp }) => t(hasTotp ? 'yes' : 'no'),
    },
    { key: 'pin', title: t('pin'), width: 96, cell: ({ hasPin }) => t(hasPin ? 'yes' : 'no') },
    {
      key: 'signedInOn',
      title: t('signed-in-on'),
      width: 'minmax(140px, 1fr)',
      sortable: true,
      cell: ({ signedInOn }) => <Moment at={signedInOn} only="date" />,
    },
  ];
}
