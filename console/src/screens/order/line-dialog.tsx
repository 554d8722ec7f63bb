/** Changes note, course and seat of an ordered line, or takes it off the bill. */
import { useState, type ReactElement } from 'react';
import { allows, useSession } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { TextAreaField, TextField } from '../../design/fields.tsx';
import { useWords } from '../../words/language.ts';
import { Stepper } from '../floor/stepper.tsx';
import { isUntold } from './courses.ts';
import { FailureNote } from './failure-note.tsx';
import { NumberChoice } from './number-choice.tsx';
import { billNumber, type OrderLine, type OrderView } from './order-types.ts';
import { useGive } from './use-give.ts';
import { words } from './words-bill.ts';

const COURSES = 6;
const SEATS = 12;
const REASONS = ['reason-mistake', 'reason-guest', 'reason-quality'] as const;

export interface LineDialogProps {
  readonly order: OrderView;
  readonly line: OrderLine;
  onClose(): void;
}

export function LineDialog({ order, line, onClose }: LineDialogProps): ReactElement {
  const { permissions } = useSession();
  return (
    <Dialog title={line.name} isOpen onClose={onClose}>
      <div className="flex flex-col gap-6">
        {allows(permissions, 'orders:change') ? (
          <ChangeForm order={order} line={line} onClose={onClose} />
        ) : null}
        <TakeOffForm order={order} line={line} onClose={onClose} />
      </div>
    </Dialog>
  );
}

function ChangeForm({ order, line, onClose }: LineDialogProps): ReactElement {
  const t = useWords(words);
  const { give, isBusy, error } = useGive();
  const [wanted, setWanted] = useState<Wanted>({
    note: line.note ?? '',
    course: line.course,
    seat: line.seat,
  });
  // As it was when it was opened: somebody else's change meanwhile is refused, and both values are shown.
  const [seen] = useState(line);
  const isChanged = error?.code === 'LINE_CHANGED';
  const save = async (): Promise<void> => {
    const { lineId } = line;
    const { note, course, seat } = wanted;
    const revision = isChanged ? line.revision : seen.revision;
    const given = await give({
      operation: 'POST /v1/orders/{id}/change-line',
      params: { id: order.id },
      body: { lineId, revision, note: note.trim() === '' ? null : note.trim(), course, seat },
      label: { key: 'change', values: { number: billNumber(order) } },
    });
    if (given !== null) onClose();
  };
  return (
    <section className="flex flex-col gap-3">
      <WantedFields
        wanted={wanted}
        seats={Math.max(SEATS, order.guests ?? 0)}
        onChange={setWanted}
      />
      <FailureNote error={error} />
      {isChanged ? <LineNow line={line} /> : null}
      <Button kind="primary" size="touch" isBusy={isBusy} onClick={() => void save()}>
        {t('save')}
      </Button>
    </section>
  );
}

interface Wanted {
  readonly note: string;
  readonly course: number | null;
  readonly seat: number | null;
}

function WantedFields(props: {
  readonly wanted: Wanted;
  readonly seats: number;
  onChange(wanted: Wanted): void;
}): ReactElement {
  const t = useWords(words);
  const { wanted, seats, onChange } = props;
  return (
    <>
      <TextAreaField
        label={t('note')}
        rows={2}
        maxLength={500}
        value={wanted.note}
        onChange={(note) => onChange({ ...wanted, note })}
      />
      <div className="grid grid-cols-2 gap-3">
        <NumberChoice
          label={t('course')}
          none={t('at-once')}
          of={COURSES}
          value={wanted.course}
          say={(count) => t('course-n', { count })}
          onChange={(course) => onChange({ ...wanted, course })}
        />
        <NumberChoice
          label={t('seat')}
          none="–"
          of={seats}
          value={wanted.seat}
          say={(count) => t('seat-n', { count })}
          onChange={(seat) => onChange({ ...wanted, seat })}
        />
      </div>
    </>
  );
}

/** What somebody else made of the line meanwhile. */
function LineNow({ line: { note, course, seat } }: { readonly line: OrderLine }): ReactElement {
  const t = useWords(words);
  const now = [
    note === null ? null : `„${note}”`,
    course === null ? t('at-once') : t('course-n', { count: course }),
    seat === null ? null : t('seat-n', { count: seat }),
  ].filter((each) => each !== null);
  return (
    <p dir="auto" className="rounded-control bg-brass-soft px-3 py-2">
      {t('line-now', { what: now.join(' · ') })}
    </p>
  );
}

function TakeOffForm({ order, line, onClose }: LineDialogProps): ReactElement {
  const t = useWords(words);
  const { give, isBusy, error } = useGive();
  const [quantity, setQuantity] = useState(line.quantity);
  const [reason, setReason] = useState('');
  const isPlain = isUntold(line);
  const takeOff = async (): Promise<void> => {
    const given = await give({
      operation: isPlain ? 'POST /v1/orders/{id}/remove-lines' : 'POST /v1/orders/{id}/void-lines',
      params: { id: order.id },
      body: { lines: [{ lineId: line.lineId, quantity }], reason: reason.trim() },
      label: { key: 'change', values: { number: billNumber(order) } },
    });
    if (given !== null) onClose();
  };
  return (
    <section className="flex flex-col gap-3 border-t border-line pt-4">
      <p className="text-13 text-muted">{isPlain ? t('remove-hint') : t('void-hint')}</p>
      {line.quantity > 1 ? (
        <Stepper
          label={t('quantity')}
          value={quantity}
          min={1}
          max={line.quantity}
          onChange={setQuantity}
        />
      ) : null}
      <ReasonField value={reason} reasons={REASONS.map((key) => t(key))} onChange={setReason} />
      <FailureNote error={error} />
      <Button
        kind="danger"
        size="touch"
        isBusy={isBusy}
        disabled={reason.trim() === ''}
        onClick={() => void takeOff()}
      >
        {t('take-off')}
      </Button>
    </section>
  );
}

/** The usual reasons to tap, and a field for others. */
export function ReasonField(props: {
  readonly value: string;
  readonly reasons: readonly string[];
  onChange(reason: string): void;
}): ReactElement {
  const t = useWords(words);
  const { value, reasons, onChange } = props;
  return (
    <div className="flex flex-col gap-2">
      <TextField label={t('reason')} required maxLength={200} value={value} onChange={onChange} />
      <div className="flex flex-wrap gap-2">
        {reasons.map((reason) => (
          <Button key={reason} isPressed={reason === value} onClick={() => onChange(reason)}>
            {reason}
          </Button>
        ))}
      </div>
    </div>
  );
}
