/** Who somebody is: the guest's own name where they are one, else as the provider knows them, else the address. */
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { useWords } from '../../words/language.ts';
import { shaped } from '../order/order-types.ts';
import { whoOf } from './conversation-names.ts';
import type { ConversationRow } from './conversation-types.ts';
import { words } from './words-conversations.ts';

type Of = Pick<ConversationRow, 'name' | 'address' | 'customerId'>;

export function Who({ of }: { readonly of: Of }): ReactElement {
  return <>{useWho(of)}</>;
}

/** Empty while nobody is known yet. */
export function useWho(of: Of | undefined): string {
  const t = useWords(words);
  const { permissions } = useSession();
  const id = of?.customerId ?? null;
  const guest = useRead(
    'GET /v1/customers/{id}',
    { params: { id: id ?? '' } },
    { enabled: id !== null && allows(permissions, 'customers:read') },
  );
  if (of === undefined) return '';
  const known = shaped<{ readonly name: string | null } | undefined>(guest.data);
  return known?.name ?? whoOf(of, t);
}
