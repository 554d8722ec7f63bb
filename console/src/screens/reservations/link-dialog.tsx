/** Makes a new link for the guest and the ones before worthless: for a link that was lost, or came into wrong hands. */
import type { ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { useSession } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { ConfirmDialog, Dialog } from '../../design/dialogs.tsx';
import { CopyButton } from '../../design/marks.tsx';
import { useWords } from '../../words/language.ts';
import { Refusal } from '../lists/refusal.tsx';
import { BOOKING_READS, type BookingDialogProps } from './booking-dialog.ts';
import { manageAddress } from './manage-link.ts';
import { words } from './words-book.ts';
import { refusals } from './words-refusals.ts';

export function RenewLinkDialog({ booking, onClose }: BookingDialogProps): ReactElement {
  const t = useWords(words);
  const renew = useCommand('POST /v1/reservations/{id}/renew-link', { again: BOOKING_READS });
  if (renew.data?.manageToken !== undefined)
    return <LinkDialog token={renew.data.manageToken} onClose={onClose} />;
  return (
    <ConfirmDialog
      title={t('link')}
      text={t('link-text')}
      action={t('link-renew')}
      isOpen
      onClose={onClose}
      isBusy={renew.isPending}
      onConfirm={() => renew.mutate({ params: { id: booking.id }, body: {} })}
    >
      <Refusal error={renew.error} words={refusals} />
    </ConfirmDialog>
  );
}

/** Shown once: no list and no story of the reservation holds the link. */
function LinkDialog({ token, onClose }: { readonly token: string; onClose(): void }): ReactElement {
  const t = useWords(words);
  const { tenant } = useSession();
  const address = manageAddress({ origin: location.origin, tenant, token });
  return (
    <Dialog
      title={t('link-new')}
      isOpen
      onClose={onClose}
      footer={
        <Button kind="primary" onClick={onClose}>
          {t('link-close')}
        </Button>
      }
    >
      <div role="status" className="flex flex-col gap-2">
        <div className="flex items-center gap-2 rounded-control border border-line bg-sunken py-1 pr-1 pl-3">
          <code className="min-w-0 flex-1 text-12 break-all">{address}</code>
          <CopyButton text={address} />
        </div>
        <p className="text-13 text-muted">{t('link-hint')}</p>
      </div>
    </Dialog>
  );
}
