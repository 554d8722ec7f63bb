/** Menu and bill side by side, or as two tabs on a small screen, with the basket between them. */
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement, type ReactNode } from 'react';
import { allows, useSession } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { classes } from '../../design/classes.ts';
import { Tabs } from '../../design/tabs.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import type { Location } from '../floor/locations.ts';
import {
  added,
  basketTotal,
  plainChoice,
  replaced,
  type BasketLine,
  type Choice,
} from './basket.ts';
import { BasketPanel } from './basket-panel.tsx';
import { ChooseDialog } from './choose-dialog.tsx';
import { FailureNote } from './failure-note.tsx';
import { MenuPanel } from './menu-panel.tsx';
import type { Channel, MenuProduct } from './order-types.ts';
import type { UnsentCommand } from './outbox-state.ts';
import { UnsentNote } from './unsent-note.tsx';
import { useBasket, type Basket } from './use-basket.ts';
import { useMenu, type MenuHere } from './use-menu.ts';
import { useSendBasket, type Target } from './use-send-basket.ts';
import { words as billWords } from './words-bill.ts';
import { words } from './words-menu.ts';

export interface OrderLayoutProps {
  readonly location: Location | null;
  readonly channel: Channel;
  readonly seats: number;
  readonly target: Target;
  readonly canAdd: boolean;
  readonly waiting: readonly UnsentCommand[];
  readonly bill: ReactNode;
  /** Lines on the bill. */
  readonly count: number;
}

interface Editing {
  readonly product: MenuProduct;
  readonly line: BasketLine | null;
}

export function OrderLayout(props: OrderLayoutProps): ReactElement {
  const { location, channel, seats, target, canAdd, count } = props;
  const say = useWords(billWords);
  const { permissions } = useSession();
  const menu = useMenu(location, channel);
  const basket = useBasket(
    target.kind === 'order' ? target.orderId : `${target.locationId}~${target.tableId ?? '-'}`,
  );
  const tapping = useTapping(basket);
  const { editing } = tapping;
  const [tab, setTab] = useState<'menu' | 'bill'>(count === 0 && canAdd ? 'menu' : 'bill');
  const mayAdd = canAdd && allows(permissions, 'orders:place');
  return (
    <>
      {mayAdd ? (
        <div className="lg:hidden">
          <Tabs
            value={tab}
            onChange={setTab}
            tabs={[
              { value: 'menu', label: say('menu') },
              { value: 'bill', label: say('bill'), count: count + basket.lines.length },
            ]}
          />
        </div>
      ) : null}
      <Sides {...props} {...{ menu, basket, tapping, tab, mayAdd }} />
      {mayAdd && tab === 'menu' ? (
        <FootBar basket={basket.lines} currency={menu.currency} onOpen={() => setTab('bill')} />
      ) : null}
      {editing === null ? null : (
        <ChooseDialog
          product={editing.product}
          line={editing.line}
          seats={seats}
          currency={menu.currency}
          onChosen={tapping.choose}
          onClose={() => tapping.edit(null)}
        />
      )}
    </>
  );
}

interface Tapping {
  readonly editing: Editing | null;
  edit(editing: Editing | null): void;
  tap(product: MenuProduct): void;
  choose(choice: Choice): void;
}

/** What a tap on the menu does: one more of a plain thing, or its options first. */
function useTapping(basket: Basket): Tapping {
  const [editing, edit] = useState<Editing | null>(null);
  const put = (choice: Choice): void =>
    basket.set((lines) => added(lines, choice, crypto.randomUUID()));
  return {
    editing,
    edit,
    tap(product) {
      const choice = plainChoice(product);
      if (choice === null) edit({ product, line: null });
      else put(choice);
    },
    choose(choice) {
      const line = editing?.line ?? null;
      if (line === null) put(choice);
      else basket.set((lines) => replaced(lines, line.key, choice));
      edit(null);
    },
  };
}

interface SidesProps extends OrderLayoutProps {
  readonly menu: MenuHere;
  readonly basket: Basket;
  readonly tapping: Tapping;
  readonly tab: 'menu' | 'bill';
  readonly mayAdd: boolean;
}

function Sides(props: SidesProps): ReactElement {
  const { menu, basket, tapping, tab, mayAdd, target, channel, waiting, bill } = props;
  const countOf = (productId: string): number =>
    basket.lines.reduce(
      (sum, line) => (line.productId === productId ? sum + line.quantity : sum),
      0,
    );
  const editLine = (line: BasketLine): void => {
    const product = menu.products.get(line.productId);
    if (product !== undefined) tapping.edit({ product, line });
  };
  return (
    <div
      className={classes(
        'grid min-w-0 items-start gap-6',
        mayAdd && 'lg:grid-cols-[minmax(0,1fr)_400px]',
      )}
    >
      {mayAdd ? (
        <div className={classes('min-w-0', tab === 'bill' && 'max-lg:hidden')}>
          <MenuPanel
            menu={menu}
            countOf={countOf}
            onTap={tapping.tap}
            onChoose={(product) => tapping.edit({ product, line: null })}
          />
        </div>
      ) : null}
      <aside
        className={classes(
          'flex min-w-0 flex-col gap-3 rounded-card border border-line bg-raised p-4',
          mayAdd && tab === 'menu' && 'max-lg:hidden',
          !mayAdd && 'w-full max-w-2xl',
        )}
      >
        <UnsentNote commands={waiting} />
        {mayAdd ? (
          <SendBasket
            menu={menu}
            basket={basket}
            target={target}
            channel={channel}
            onEdit={editLine}
          />
        ) : null}
        {bill}
      </aside>
    </div>
  );
}

function SendBasket(props: {
  readonly menu: MenuHere;
  readonly basket: Basket;
  readonly target: Target;
  readonly channel: Channel;
  onEdit(line: BasketLine): void;
}): ReactElement | null {
  const t = useWords(words);
  const language = useLanguage();
  const navigate = useNavigate();
  const { menu, basket, target, channel, onEdit } = props;
  const { send, isBusy, error, changed } = useSendBasket({ basket, menu, target, channel });
  if (basket.lines.length === 0)
    return target.kind === 'order' ? null : (
      <p className="text-13 text-muted">{t('basket-empty')}</p>
    );
  return (
    <>
      <BasketPanel basket={basket} currency={menu.currency} changed={changed} onEdit={onEdit} />
      <FailureNote error={error} />
      <Button
        kind="primary"
        size="touch"
        icon="send"
        isBusy={isBusy}
        onClick={() => {
          void send().then((orderId) => {
            if (orderId !== null && target.kind === 'new')
              void navigate({ to: `/order/${orderId}`, replace: true });
          });
        }}
      >
        {t('send', { price: formatMoney(basketTotal(basket.lines, menu.currency), language) })}
      </Button>
    </>
  );
}

/** On a small screen: what gathers, always in reach of the thumb. */
function FootBar(props: {
  readonly basket: readonly BasketLine[];
  readonly currency: string;
  onOpen(): void;
}): ReactElement | null {
  const t = useWords(words);
  const language = useLanguage();
  const { basket, currency, onOpen } = props;
  if (basket.length === 0) return null;
  return (
    <div className="sticky bottom-2 z-10 lg:hidden max-md:bottom-18">
      <Button kind="primary" size="touch" icon="arrow-right" onClick={onOpen} className="w-full">
        {`${t('basket')} · ${formatMoney(basketTotal(basket, currency), language)}`}
      </Button>
    </div>
  );
}
