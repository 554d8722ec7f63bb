/** Splits a bill evenly, by line or by seat; or moves lines to another open bill. */
import { useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { Tabs } from '../../design/tabs.tsx';
import { toast } from '../../design/toasts.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { Stepper } from '../floor/stepper.tsx';
import { chosenAmount, seatsOf } from './courses.ts';
import { FailureNote } from './failure-note.tsx';
import { LinePicker, linesChosen, type Chosen } from './line-picker.tsx';
import { billNumber, type OrderRow, type OrderView } from './order-types.ts';
import { evenParts } from './payments.ts';
import { useGive } from './use-give.ts';
import { words } from './words-pay.ts';

type By = 'even' | 'line' | 'seat';
/** The server makes so many new bills at once. */
const PARTS_MAX = 8;

export interface SplitDialogProps {
  readonly order: OrderView;
  readonly others: readonly OrderRow[];
  onClose(): void;
}

export function SplitDialog({ order, others, onClose }: SplitDialogProps): ReactElement {
  const t = useWords(words);
  const [by, setBy] = useState<By>('even');
  const { give, isBusy, error } = useGive();
  const run = async (word: 'split' | 'transfer', body: unknown): Promise<void> => {
    const given = await give({
      operation: word === 'split' ? 'POST /v1/orders/{id}/split' : 'POST /v1/orders/{id}/transfer',
      params: { id: order.id },
      body,
      label: { key: 'change', values: { number: billNumber(order) } },
    });
    if (given === null) return;
    if (given.kind === 'done') toast(t('split-done'));
    onClose();
  };
  const unpaid = order.lines.filter(({ paid, total }) => paid.amount < total.amount);
  return (
    <Dialog title={t('split-title', { number: billNumber(order) })} isOpen onClose={onClose}>
      <div className="flex flex-col gap-4">
        <Tabs
          value={by}
          onChange={setBy}
          tabs={[
            { value: 'even', label: t('by-even') },
            { value: 'line', label: t('by-line') },
            { value: 'seat', label: t('by-seat') },
          ]}
        />
        {by === 'even' ? (
          <Evenly
            order={order}
            isBusy={isBusy}
            onSplit={(parts) => void run('split', { by: 'amount', parts })}
          />
        ) : null}
        {by === 'line' ? (
          <ByLine
            order={{ ...order, lines: unpaid }}
            others={others}
            isBusy={isBusy}
            onSplit={(chosen) => void run('split', { by: 'item', bills: [linesChosen(chosen)] })}
            onTransfer={(intoOrderId, chosen) =>
              void run('transfer', { intoOrderId, lines: linesChosen(chosen) })
            }
          />
        ) : null}
        {by === 'seat' ? (
          <BySeat
            seats={seatsOf(unpaid)}
            isBusy={isBusy}
            onSplit={(seats) => void run('split', { by: 'seat', seats })}
          />
        ) : null}
        <FailureNote error={error} />
      </div>
    </Dialog>
  );
}

function Evenly(props: {
  readonly order: OrderView;
  readonly isBusy: boolean;
  onSplit(parts: number): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { order, isBusy, onSplit } = props;
  const [parts, setParts] = useState(Math.min(PARTS_MAX, Math.max(2, order.guests ?? 2)));
  const [most = 0] = evenParts(order.due.amount, parts);
  const amount = formatMoney({ amount: most, currency: order.currency }, language);
  return (
    <>
      <Stepper label={t('parts')} value={parts} min={2} max={PARTS_MAX} onChange={setParts} />
      <p className="text-16">{t('parts-each', { count: parts, amount })}</p>
      {order.paid.amount > 0 ? (
        <p className="text-muted">{t('paid-stays', { paid: formatMoney(order.paid, language) })}</p>
      ) : null}
      <Button
        kind="primary"
        size="touch"
        isBusy={isBusy}
        disabled={order.due.amount < parts}
        onClick={() => onSplit(parts)}
      >
        {t('split-do')}
      </Button>
    </>
  );
}

function ByLine(props: {
  readonly order: OrderView;
  readonly others: readonly OrderRow[];
  readonly isBusy: boolean;
  onSplit(chosen: Chosen): void;
  onTransfer(intoOrderId: string, chosen: Chosen): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { order, others, isBusy } = props;
  const [chosen, setChosen] = useState<Chosen>({});
  const isNone = linesChosen(chosen).length === 0;
  const amount = chosenAmount(order.lines, chosen);
  return (
    <>
      <p className="text-muted">{t('split-lines-hint')}</p>
      <LinePicker lines={order.lines} chosen={chosen} onChange={setChosen} />
      <Button
        kind="primary"
        size="touch"
        isBusy={isBusy}
        disabled={isNone}
        onClick={() => props.onSplit(chosen)}
      >
        {`${t('split-do')} ${formatMoney({ amount, currency: order.currency }, language)}`}
      </Button>
      {others.length === 0 ? null : (
        <div className="flex flex-col gap-2">
          <p className="text-13 text-muted">{t('transfer-hint')}</p>
          <div className="flex flex-wrap gap-2">
            {others.map((other) => (
              <Button
                key={other.id}
                disabled={isNone || isBusy}
                onClick={() => props.onTransfer(other.id, chosen)}
              >
                {t('transfer', { number: billNumber(other) })}
              </Button>
            ))}
          </div>
        </div>
      )}
    </>
  );
}

function BySeat(props: {
  readonly seats: readonly number[];
  readonly isBusy: boolean;
  onSplit(seats: readonly number[]): void;
}): ReactElement {
  const t = useWords(words);
  const { seats, isBusy, onSplit } = props;
  const [chosen, setChosen] = useState<readonly number[]>([]);
  if (seats.length === 0) return <p className="text-muted">{t('no-seats')}</p>;
  return (
    <>
      <p className="text-muted">{t('split-seats-hint')}</p>
      <div className="flex flex-wrap gap-2">
        {seats.map((seat) => (
          <Button
            key={seat}
            size="touch"
            isPressed={chosen.includes(seat)}
            onClick={() =>
              setChosen(
                chosen.includes(seat) ? chosen.filter((each) => each !== seat) : [...chosen, seat],
              )
            }
          >
            {t('seat', { count: seat })}
          </Button>
        ))}
      </div>
      <Button
        kind="primary"
        size="touch"
        isBusy={isBusy}
        disabled={chosen.length === 0}
        onClick={() => onSplit(chosen)}
      >
        {t('split-do')}
      </Button>
    </>
  );
}
