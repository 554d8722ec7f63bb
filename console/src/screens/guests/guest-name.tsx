/** What a guest is called, where the reader may know it; else the end of the id. */
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { shortId } from '../../words/event-values.ts';
import { useWords } from '../../words/language.ts';
import { shaped } from '../order/order-types.ts';
import { words } from './words.ts';

export function GuestName({ id }: { readonly id: string }): ReactElement {
  const t = useWords(words);
  const { permissions } = useSession();
  const guest = useRead(
    'GET /v1/customers/{id}',
    { params: { id } },
    { enabled: allows(permissions, 'customers:read') },
  );
  if (guest.data === undefined) return <>{shortId(id)}</>;
  const { name } = shaped<{ readonly name: string | null }>(guest.data);
  return name === null ? <>{t('erased')}</> : <bdi>{name}</bdi>;
}
