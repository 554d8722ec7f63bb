/** Tickets that were bumped lately, to bring one back that was bumped by mistake. */
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Card } from '../../design/page.tsx';
import { Moment } from '../../design/texts.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { billNumber, shaped } from '../order/order-types.ts';
import { useGive } from '../order/use-give.ts';
import type { Ticket } from './board-state.ts';
import { words } from './words.ts';

const SHOWN = 6;
/** A shift's worth of ready tickets; the newest few of them are shown. */
const READ_MAX = 200;
const READ_AGAIN_MS = 15_000;

export interface DoneLatelyProps {
  readonly locationId: string;
  readonly businessDay: string;
  /** Of the place (IANA). */
  readonly zone: string;
  /** The ticket is wanted on the board again. */
  onRecalled(ticketId: string): void;
}

export function DoneLately({
  locationId,
  businessDay,
  zone,
  onRecalled,
}: DoneLatelyProps): ReactElement | null {
  const t = useWords(words);
  const query = { locationId, businessDay, status: 'ready', limit: READ_MAX };
  const options = { enabled: businessDay !== '', everyMs: READ_AGAIN_MS, keep: true };
  const { data, refetch } = useRead('GET /v1/orders/tickets', { query }, options);
  const { give, isBusy, error } = useGive();
  const tickets = shaped<readonly Ticket[]>(data?.items ?? [])
    .toSorted((a, b) => (b.doneAt ?? '').localeCompare(a.doneAt ?? ''))
    .slice(0, SHOWN);
  if (tickets.length === 0) return null;
  const recall = async (ticket: Ticket): Promise<void> => {
    const { ticketId, stationId } = ticket;
    const label = { key: 'recall', values: { number: billNumber(ticket) } };
    for (const id of new Set(ticket.lines.map(({ orderId }) => orderId))) {
      const body = { ticketId, stationId };
      if (
        (await give({ operation: 'POST /v1/orders/{id}/recall', params: { id }, body, label })) ===
        null
      )
        return;
    }
    onRecalled(ticket.id);
    toast(t('recalled', { number: billNumber(ticket) }));
    void refetch();
  };
  return (
    <Card title={t('recent')}>
      <ul className="divide-y divide-line">
        {tickets.map((ticket) => (
          <Done
            key={ticket.id}
            ticket={ticket}
            zone={zone}
            isBusy={isBusy}
            onRecall={() => void recall(ticket)}
          />
        ))}
      </ul>
      <FailureNote error={error} />
    </Card>
  );
}

function Done(props: {
  readonly ticket: Ticket;
  readonly zone: string;
  readonly isBusy: boolean;
  onRecall(): void;
}): ReactElement {
  const t = useWords(words);
  const { ticket, zone, isBusy, onRecall } = props;
  return (
    <li className="flex min-h-11 min-w-0 items-center gap-2 py-1">
      <span className="min-w-0 flex-1 truncate">
        #{billNumber(ticket)}{' '}
        <span dir="auto" className="text-muted">
          {ticket.lines[0]?.name}
        </span>
      </span>
      <span className="text-12 text-muted">
        <Moment at={ticket.doneAt} zone={zone} only="time" />
      </span>
      <Button size="compact" icon="undo" disabled={isBusy} onClick={onRecall}>
        {t('recall')}
      </Button>
    </li>
  );
}
