/** Sends what gathered in the basket: as a new order, or added to one that is there. */
import { useState } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { lineInput, repriced } from './basket.ts';
import type { Channel } from './order-types.ts';
import { localId } from './outbox-state.ts';
import type { Intent } from './outbox.ts';
import type { Basket } from './use-basket.ts';
import { useGive } from './use-give.ts';
import type { MenuHere } from './use-menu.ts';

export type Target =
  | { readonly kind: 'order'; readonly orderId: string; readonly number: string }
  | {
      readonly kind: 'new';
      readonly locationId: string;
      readonly tableId: string | null;
      readonly guests: number | null;
    };

export interface Sending {
  /** The order's id, a local one while the server is away; null when it was refused. */
  send(): Promise<string | null>;
  readonly isBusy: boolean;
  readonly error: CallFailed | null;
  /** Keys of lines whose price the menu has changed since they were tapped. */
  readonly changed: readonly string[];
}

export function useSendBasket(of: {
  readonly basket: Basket;
  readonly menu: MenuHere;
  readonly target: Target;
  readonly channel: Channel;
}): Sending {
  const { basket, menu, target, channel } = of;
  const { give, isBusy, error } = useGive();
  const [changed, setChanged] = useState<readonly string[]>([]);
  /** After PRICE_CHANGED the new prices are shown; the guest hears them before anything is sent again. */
  const reprice = async (): Promise<void> => {
    const fresh = repriced(basket.lines, await menu.readAgain());
    setChanged(fresh.changed);
    basket.set(() => fresh.lines);
  };
  const send = async (): Promise<string | null> => {
    setChanged([]);
    const given = await give(intentOf({ basket, target, channel }));
    if (given === null) {
      await reprice();
      return null;
    }
    basket.set(() => []);
    if (target.kind === 'order') return target.orderId;
    if (given.kind === 'kept') return localId(given.key);
    return typeof given.body['id'] === 'string' ? given.body['id'] : null;
  };
  return { send, isBusy, error, changed };
}

const NAMES_MAX = 3;

function intentOf(of: {
  readonly basket: Basket;
  readonly target: Target;
  readonly channel: Channel;
}): Intent {
  const { basket, target, channel } = of;
  const lines = basket.lines.map(lineInput);
  const names = basket.lines
    .slice(0, NAMES_MAX)
    .map(({ name, quantity }) => `${quantity} × ${name.slice(0, 60)}`);
  const what = basket.lines.length > NAMES_MAX ? `${names.join(', ')} …` : names.join(', ');
  if (target.kind === 'order')
    return {
      operation: 'POST /v1/orders/{id}/add-lines',
      params: { id: target.orderId },
      body: { lines },
      label: { key: 'add', values: { number: target.number, what } },
    };
  const { locationId, tableId, guests } = target;
  return {
    operation: 'POST /v1/orders',
    body: {
      locationId,
      channel,
      ...(tableId === null ? {} : { tableId }),
      ...(guests === null ? {} : { guests }),
      lines,
    },
    label: { key: 'place', values: { what } },
  };
}
