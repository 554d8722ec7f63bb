/** What keeps a table from being reserved on the timeline: an offer to somebody who waits, or a block, which can be lifted. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { classes } from '../../design/classes.ts';
import { ConfirmDialog } from '../../design/dialogs.tsx';
import { Badge } from '../../design/marks.tsx';
import { Facts } from '../../design/page.tsx';
import { Moment } from '../../design/texts.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { Refusal } from '../lists/refusal.tsx';
import { useMay } from '../lists/use-limits.ts';
import type { Place, Taken } from './booking-types.ts';
import { placeOn, type Span } from './day-plan.ts';
import { tableNames } from './tones.ts';
import { words as bookWords } from './words-book.ts';
import { words } from './words.ts';
import { refusals } from './words-refusals.ts';

const BAR = 'absolute inset-y-1 flex items-center overflow-hidden rounded-control border px-1.5';

export function BlockMark({
  block,
  span,
  place,
}: {
  readonly block: Taken;
  readonly span: Span;
  readonly place: Place;
}): ReactElement {
  const t = useWords(words);
  const tb = useWords(bookWords);
  const may = useMay()('reservations:configure');
  const [isAsked, setAsked] = useState(false);
  const { left, width } = placeOn(span, block);
  const style = { left: `${left}%`, width: `${width}%` };
  if (block.kind === 'offer')
    return (
      <span
        className={classes(BAR, 'border-dashed border-brass bg-brass-soft text-12')}
        style={style}
      >
        <Badge tone="waiting" icon="clock">
          {t('offered')}
        </Badge>
      </span>
    );
  const reason = block.reason ?? t('blocked');
  return (
    <>
      <button
        type="button"
        disabled={may !== 'yes'}
        title={may === 'yes' ? `${reason} · ${tb('block-lift')}` : reason}
        onClick={() => setAsked(true)}
        className={classes(
          BAR,
          'min-w-6 border-dashed border-control bg-sunken text-left text-12',
          may === 'yes' && 'hover:brightness-95',
        )}
        style={style}
      >
        <Badge tone="plain" icon="lock">
          {reason}
        </Badge>
      </button>
      {isAsked ? (
        <LiftBlockDialog block={block} place={place} onClose={() => setAsked(false)} />
      ) : null}
    </>
  );
}

/** The whole block is lifted, at all its tables and on every day that it reaches. */
function LiftBlockDialog(props: {
  readonly block: Taken;
  readonly place: Place;
  onClose(): void;
}): ReactElement {
  const t = useWords(bookWords);
  const { block, place, onClose } = props;
  const lift = useCommand('POST /v1/reservations/days/{id}/lift-block', {
    again: ['GET /v1/reservations/days/{id}', 'GET /v1/reservations/availability'],
  });
  const zone = place.timeZone;
  return (
    <ConfirmDialog
      title={t('block-lift')}
      text={
        <div className="flex flex-col gap-3">
          <Facts
            facts={[
              [t('reason'), block.reason],
              [t('tables'), tableNames(place.tables, block.tableIds)],
              [t('block-from'), <Moment key="from" at={block.from} zone={zone} />],
              [t('block-to'), <Moment key="to" at={block.to} zone={zone} />],
            ]}
          />
          <p className="text-muted">{t('block-lift-text')}</p>
        </div>
      }
      kind="primary"
      action={t('block-lift')}
      isOpen
      onClose={onClose}
      isBusy={lift.isPending}
      onConfirm={() =>
        followUp(
          lift.mutateAsync({
            // A block belongs to the business day on which it begins, also where it is seen on the next.
            params: { id: `${place.id}~${block.day}` },
            body: { blockId: block.key },
          }),
          () => {
            toast(t('block-lifted'));
            onClose();
          },
        )
      }
    >
      <Refusal error={lift.error} words={refusals} />
    </ConfirmDialog>
  );
}
