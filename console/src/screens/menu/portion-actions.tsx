/** Sold out, counted, available again: with an undo, since a tap on the wrong row is soon made. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { NumberField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { useLimits } from '../lists/use-limits.ts';
import { FailureNote } from '../order/failure-note.tsx';
import type { PortionRow } from './menu-types.ts';
import { words } from './words.ts';

const AGAIN = ['GET /v1/catalog/portions', 'GET /v1/catalog/menu'] as const;

export interface PortionProps {
  readonly locationId: string;
  readonly productId: string;
  readonly name: string;
  readonly portion: PortionRow | undefined;
}

export function PortionActions(props: PortionProps): ReactElement {
  const t = useWords(words);
  const limits = useLimits()('catalog:sold-out');
  const { locationId, productId, name, portion } = props;
  const [open, setOpen] = useState<'count' | 'add' | null>(null);
  const soldOut = useCommand('POST /v1/catalog/products/{id}/mark-sold-out', { again: AGAIN });
  const available = useCommand('POST /v1/catalog/products/{id}/mark-available', { again: AGAIN });
  const params = { id: productId };
  const back = (): void =>
    available.mutate(
      { params, body: { locationId } },
      { onSuccess: () => toast(t('done-available', { name })) },
    );
  const isCounted = portion !== undefined && !portion.soldOut && portion.remaining !== null;
  return (
    <span className="flex gap-1">
      {portion?.soldOut === true || isCounted ? (
        <Button size="compact" {...limits} isBusy={available.isPending} onClick={back}>
          {t('mark-available')}
        </Button>
      ) : null}
      {portion?.soldOut === true ? null : (
        <Button
          size="compact"
          {...limits}
          isBusy={soldOut.isPending}
          onClick={() =>
            soldOut.mutate(
              { params, body: { locationId } },
              { onSuccess: () => toast(t('done-sold-out', { name }), { undo: back }) },
            )
          }
        >
          {t('mark-sold-out')}
        </Button>
      )}
      <Button size="compact" {...limits} onClick={() => setOpen(isCounted ? 'add' : 'count')}>
        {isCounted ? t('add-portions') : t('set-remaining')}
      </Button>
      {open === null ? null : <CountDialog {...props} mode={open} onClose={() => setOpen(null)} />}
    </span>
  );
}

function CountDialog(
  props: PortionProps & { readonly mode: 'count' | 'add'; onClose(): void },
): ReactElement {
  const t = useWords(words);
  const { locationId, productId, name, mode, onClose } = props;
  const [count, setCount] = useState<number | null>(10);
  const set = useCommand('POST /v1/catalog/products/{id}/set-remaining', { again: AGAIN });
  const add = useCommand('POST /v1/catalog/portions/{id}/add', { again: AGAIN });
  const done = {
    onSuccess: () => {
      toast(t('done-count'));
      onClose();
    },
  };
  const give = (): void => {
    if (count === null) return;
    if (mode === 'count')
      set.mutate({ params: { id: productId }, body: { locationId, remaining: count } }, done);
    else
      add.mutate({ params: { id: `${locationId}~${productId}` }, body: { quantity: count } }, done);
  };
  return (
    <Dialog
      title={name}
      size="small"
      isOpen
      onClose={onClose}
      footer={
        <Button
          kind="primary"
          isBusy={set.isPending || add.isPending}
          disabled={count === null}
          onClick={give}
        >
          {t('save')}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <NumberField
          label={mode === 'count' ? t('remaining') : t('quantity')}
          min={mode === 'count' ? 0 : 1}
          max={10_000}
          value={count}
          onChange={setCount}
        />
        <FailureNote error={set.error ?? add.error} />
      </div>
    </Dialog>
  );
}
