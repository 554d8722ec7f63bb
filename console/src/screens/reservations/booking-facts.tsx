/** What a reservation is, and the amounts that are owed for it. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button, TextLink } from '../../design/buttons.tsx';
import { ConfirmDialog } from '../../design/dialogs.tsx';
import { TextField } from '../../design/fields.tsx';
import { Badge } from '../../design/marks.tsx';
import { Facts } from '../../design/page.tsx';
import { Moment, Money } from '../../design/texts.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { Refusal } from '../lists/refusal.tsx';
import type { Booking, Place } from './booking-types.ts';
import { TONES, tableNames } from './tones.ts';
import { useMay } from '../lists/use-limits.ts';
import { words as dayWords } from './words.ts';
import { words } from './words-book.ts';
import { refusals } from './words-refusals.ts';

export function BookingFacts(props: {
  readonly booking: Booking;
  readonly place: Place;
  readonly hasActions: boolean;
}): ReactElement {
  const t = useWords(words);
  const td = useWords(dayWords);
  const { booking, place, hasActions } = props;
  const zone = place.timeZone;
  const { contact, cancelledBy } = booking;
  return (
    <div className="flex flex-col gap-4">
      <Facts
        facts={[
          [td('status'), <Standing key="status" booking={booking} />],
          [td('time'), <Span key="time" booking={booking} zone={zone} />],
          [td('guests'), td('size', { count: booking.partySize })],
          [td('tables'), tableNames(place.tables, booking.tableIds)],
          [
            td('phone'),
            contact?.phone === undefined ? null : <PhoneLink key="phone" phone={contact.phone} />,
          ],
          [t('email'), contact?.email],
          [
            t('note'),
            booking.note === null ? null : (
              <span key="note" className="whitespace-pre-wrap">
                {booking.note}
              </span>
            ),
          ],
          [
            t('guest'),
            booking.customerId === null ? null : (
              <GuestLink key="guest" id={booking.customerId} name={contact?.name ?? null} />
            ),
          ],
          [
            t('held-until'),
            booking.heldUntil === null ? null : (
              <Moment key="held" at={booking.heldUntil} zone={zone} />
            ),
          ],
          [t('cancelled-by'), cancelledBy === null ? null : t(`by-${cancelledBy}`)],
          [t('made'), <Moment key="made" at={booking.madeAt} zone={zone} />],
        ]}
      />
      <Amounts booking={booking} hasActions={hasActions} />
    </div>
  );
}

/** The state and, beside it, that they come later. */
function Standing({ booking }: { readonly booking: Booking }): ReactElement {
  const td = useWords(dayWords);
  const { status, lateMinutes } = booking;
  return (
    <span className="flex flex-wrap gap-1">
      <Badge tone={TONES[status]}>{td(`status-${status}`)}</Badge>
      {lateMinutes === null ? null : (
        <Badge tone="waiting">{td('late', { count: lateMinutes })}</Badge>
      )}
    </span>
  );
}

function Span({
  booking,
  zone,
}: {
  readonly booking: Booking;
  readonly zone: string;
}): ReactElement {
  return (
    <span>
      <Moment at={booking.startsAt} zone={zone} /> –{' '}
      <Moment at={booking.endsAt} zone={zone} only="time" />
    </span>
  );
}

function GuestLink(props: { readonly id: string; readonly name: string | null }): ReactElement {
  const td = useWords(dayWords);
  const { id, name } = props;
  return <TextLink to={`/guests/${encodeURIComponent(id)}`}>{name ?? td('erased')}</TextLink>;
}

function PhoneLink({ phone }: { readonly phone: string }): ReactElement {
  return (
    <a href={`tel:${phone}`} className="text-brand underline underline-offset-2">
      {phone}
    </a>
  );
}

const AGAIN = ['GET /v1/reservations/{id}', 'GET /v1/reservations'] as const;

function Amounts({
  booking,
  hasActions,
}: {
  readonly booking: Booking;
  readonly hasActions: boolean;
}): ReactElement | null {
  const t = useWords(words);
  const may = useMay();
  const [waived, setWaived] = useState<string | null>(null);
  const settle = useCommand('POST /v1/reservations/{id}/settle-amount', { again: AGAIN });
  const params = { id: booking.id };
  if (booking.amounts.length === 0) return null;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-14">{t('amounts')}</h3>
      {booking.amounts.map(({ amountId, kind, amount, status }) => (
        <div
          key={amountId}
          className="flex flex-wrap items-center gap-2 rounded-control border border-line px-3 py-2"
        >
          <span className="min-w-0 flex-1">{t(kind)}</span>
          <span className="font-semibold">
            <Money value={amount} />
          </span>
          <Badge tone={status === 'due' ? 'waiting' : status === 'paid' ? 'good' : 'plain'}>
            {t(status)}
          </Badge>
          {status === 'due' && hasActions && may('reservations:settle') === 'yes' ? (
            <Button
              size="compact"
              isBusy={settle.isPending}
              onClick={() =>
                followUp(settle.mutateAsync({ params, body: { amountId } }), () =>
                  toast(t('settle-done')),
                )
              }
            >
              {t('settle')}
            </Button>
          ) : null}
          {status === 'due' && hasActions ? (
            <Button size="compact" onClick={() => setWaived(amountId)}>
              {t('waive')}
            </Button>
          ) : null}
        </div>
      ))}
      <Refusal error={settle.error} words={refusals} />
      {waived === null ? null : (
        <WaiveDialog id={booking.id} amountId={waived} onClose={() => setWaived(null)} />
      )}
    </section>
  );
}

/** Somebody who may not waive asks a colleague: the approval dialog comes by itself. */
function WaiveDialog(props: {
  readonly id: string;
  readonly amountId: string;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const { id, amountId, onClose } = props;
  const [reason, setReason] = useState('');
  const waive = useCommand('POST /v1/reservations/{id}/waive-amount', { again: AGAIN });
  return (
    <ConfirmDialog
      title={t('waive-title')}
      text={
        <TextField
          label={t('reason')}
          required
          maxLength={200}
          value={reason}
          onChange={setReason}
        />
      }
      action={t('waive')}
      isOpen
      onClose={onClose}
      isBusy={waive.isPending}
      onConfirm={() => {
        if (reason.trim() === '') return;
        followUp(
          waive.mutateAsync({ params: { id }, body: { amountId, reason: reason.trim() } }),
          () => {
            toast(t('waive-done'));
            onClose();
          },
        );
      }}
    >
      <Refusal error={waive.error} words={refusals} />
    </ConfirmDialog>
  );
}
