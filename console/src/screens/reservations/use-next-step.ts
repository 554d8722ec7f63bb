/** What carries a reservation on without a question: it is confirmed, or the party leaves. */
import { useCommand } from '../../api/api.ts';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { BOOKING_READS } from './booking-dialog.ts';
import type { Booking } from './booking-types.ts';
import { words } from './words-book.ts';

export interface NextStep {
  readonly label: string;
  readonly permission: string;
  readonly isBusy: boolean;
  readonly error: Error | null;
  give(): void;
}

/** Null where the next step asks something, such as at which tables the party sits, and where there is none. */
export function useNextStep({ id, status }: Booking): NextStep | null {
  const t = useWords(words);
  const confirm = useCommand('POST /v1/reservations/{id}/confirm', { again: BOOKING_READS });
  const complete = useCommand('POST /v1/reservations/{id}/complete', { again: BOOKING_READS });
  const params = { id };
  switch (status) {
    case 'held':
    case 'pending':
      return {
        label: t('confirm'),
        permission: 'reservations:book',
        isBusy: confirm.isPending,
        error: confirm.error,
        give: () =>
          confirm.mutate(
            { params, body: { by: 'house' } },
            { onSuccess: () => toast(t('confirmed')) },
          ),
      };
    case 'seated':
      return {
        label: t('complete'),
        permission: 'reservations:seat',
        isBusy: complete.isPending,
        error: complete.error,
        give: () =>
          complete.mutate({ params, body: {} }, { onSuccess: () => toast(t('completed')) }),
      };
    case 'confirmed':
    case 'completed':
    case 'cancelled':
    case 'expired':
    case 'no-show':
      return null;
  }
}
