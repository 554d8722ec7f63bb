/** A new order at a table, or to take away or deliver. */
import { useParams } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { TextLink } from '../../design/buttons.tsx';
import { Skeleton } from '../../design/marks.tsx';
import { Page } from '../../design/page.tsx';
import { useUrlSearch } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import type { FloorAnswer } from '../floor/floor-state.ts';
import { useLocations } from '../floor/locations.ts';
import { OrderLayout } from './order-layout.tsx';
import { shaped, type Channel } from './order-types.ts';
import { Segments } from './segments.tsx';
import { words } from './words-bill.ts';

export function NewOrderScreen(): ReactElement {
  const t = useWords(words);
  const { locationId = '', tableId = '-' } = useParams({ strict: false });
  const guests = Number(useUrlSearch()['guests'] ?? '0');
  const { all } = useLocations();
  const location = all.find(({ id }) => id === locationId) ?? null;
  const floor = useRead('GET /v1/orders/floor', { query: { locationId } });
  const [away, setAway] = useState<Channel>('take-away');
  const isAway = tableId === '-';
  const tables = floor.data === undefined ? [] : shaped<FloorAnswer>(floor.data).tables;
  const table = tables.find((each) => each.tableId === tableId);
  const channel = isAway ? away : 'eat-in';
  const target = {
    kind: 'new' as const,
    locationId,
    tableId: isAway ? null : tableId,
    guests: isAway || !(guests > 0) ? null : guests,
  };
  return (
    <Page
      title={isAway ? t('new-away') : t('new-table', { table: table?.name ?? tableId })}
      above={<TextLink to="/floor">{t('back')}</TextLink>}
    >
      {isAway ? (
        <div className="max-w-md">
          <Segments
            label={t('channel')}
            isLabelHidden
            value={away}
            onChange={setAway}
            options={[
              { value: 'take-away', label: t('take-away') },
              { value: 'delivery', label: t('delivery') },
            ]}
          />
        </div>
      ) : null}
      {location === null ? (
        <Skeleton lines={8} />
      ) : (
        <OrderLayout
          location={location}
          channel={channel}
          seats={table?.seats ?? 8}
          target={target}
          canAdd
          waiting={[]}
          bill={null}
          count={0}
        />
      )}
    </Page>
  );
}
