/** One ticket: where it goes, how old it is in colour and word, its lines, and one large button. */
import type { ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { classes } from '../../design/classes.ts';
import { Icon, type IconName } from '../../design/icons.tsx';
import { useWords } from '../../words/language.ts';
import { billNumber } from '../order/order-types.ts';
import {
  coursesOf,
  type Age,
  type Ticket,
  type TicketAge,
  type TicketLine,
} from './board-state.ts';
import { words } from './words.ts';

const LOOKS: Readonly<Record<Age, readonly [card: string, head: string, icon: IconName]>> = {
  fresh: ['border-line', 'bg-brand-soft text-brand', 'clock'],
  slow: ['border-brass', 'bg-brass-soft text-brass-text', 'clock'],
  late: ['border-wine', 'bg-wine text-on-wine', 'warning'],
};

export interface TicketCardProps {
  readonly ticket: Ticket;
  readonly age: TicketAge;
  readonly tableName: string | null;
  readonly stationName: string | null;
  /** 1 to 9: the key that bumps it. */
  readonly keyName: string | null;
  /** Null for who may look only. */
  readonly onDone: (() => void) | null;
  onLine(line: TicketLine): void;
}

export function TicketCard(props: TicketCardProps): ReactElement {
  const t = useWords(words);
  const { ticket, age, tableName, stationName, keyName, onDone, onLine } = props;
  const [card, head, icon] = LOOKS[age.age];
  const onlyStops = ticket.lines.every(({ state }) => state !== 'fired');
  const place = tableName === null ? t(ticket.channel) : t('table', { name: tableName });
  return (
    <article
      className={classes(
        'flex min-w-0 flex-col overflow-hidden rounded-card border-2 bg-raised',
        card,
      )}
    >
      <header className={classes('flex flex-col gap-0.5 px-4 py-2', head)}>
        <div className="flex min-w-0 items-baseline gap-2">
          <h2 dir="auto" className="min-w-0 flex-1 truncate text-20">
            {place}
          </h2>
          <span className="shrink-0 text-28 leading-none font-semibold">{clock(age.seconds)}</span>
        </div>
        <p className="flex min-w-0 items-center gap-2 text-14">
          <Icon name={icon} />
          <span className="font-semibold">{t(age.age)}</span>
          <span className="min-w-0 flex-1 truncate">
            {stationName === null ? '' : `${stationName} · `}#{billNumber(ticket)}
          </span>
          {ticket.rush ? (
            <span className="shrink-0 rounded-full bg-wine px-2 text-on-wine">{t('rush')}</span>
          ) : null}
        </p>
      </header>
      <div className="flex flex-1 flex-col gap-2 px-4 py-3">
        {coursesOf(ticket).map(([course, lines]) => (
          <div key={String(course)} className="flex flex-col">
            {course === null ? null : (
              <p className="text-14 text-muted">{t('course', { count: course })}</p>
            )}
            <ul>
              {lines.map((line) => (
                <Line
                  key={`${line.orderId}${line.lineId}`}
                  line={line}
                  onLine={onDone === null ? null : () => onLine(line)}
                />
              ))}
            </ul>
          </div>
        ))}
      </div>
      {onDone === null ? null : (
        <div className="flex flex-col p-3 pt-0">
          <Button kind={onlyStops ? 'quiet' : 'primary'} size="touch" icon="check" onClick={onDone}>
            {onlyStops ? t('seen') : t('done')}
            {keyName === null ? null : <KeyCap name={keyName} />}
          </Button>
        </div>
      )}
    </article>
  );
}

/** The key that does the same, where there is likely to be a keyboard. */
function KeyCap({ name }: { readonly name: string }): ReactElement {
  return (
    <kbd className="ml-1 inline-flex size-6 items-center justify-center rounded border border-current font-sans text-13 opacity-80 pointer-coarse:hidden">
      {name}
    </kbd>
  );
}

function Line({
  line,
  onLine,
}: {
  readonly line: TicketLine;
  readonly onLine: (() => void) | null;
}): ReactElement {
  const t = useWords(words);
  const inside = <LineText line={line} />;
  if (onLine === null || line.state !== 'fired') return <li className="py-1.5">{inside}</li>;
  return (
    <li>
      <button
        type="button"
        title={t('line-done', { name: line.name.slice(0, 80) })}
        onClick={onLine}
        className="-mx-2 min-h-14 w-[calc(100%+16px)] rounded-control px-2 py-1.5 text-left hover:bg-sunken"
      >
        {inside}
      </button>
    </li>
  );
}

function LineText({ line }: { readonly line: TicketLine }): ReactElement {
  const t = useWords(words);
  const { state, quantity, name, modifiers, seat, note } = line;
  const more = [
    ...modifiers.map((each) =>
      each.quantity === 1 ? each.name : `${each.quantity} × ${each.name}`,
    ),
    seat === null ? null : t('seat', { count: seat }),
  ].filter((each) => each !== null);
  return (
    <span className="flex min-w-0 items-start gap-3">
      <span className="w-9 shrink-0 text-right text-28 leading-8 font-semibold">{quantity}</span>
      <span className="flex min-w-0 flex-1 flex-col">
        <span
          dir="auto"
          className={classes(
            'line-clamp-3 text-20 leading-8 break-words',
            state !== 'fired' && 'text-muted line-through',
          )}
        >
          {name}
        </span>
        {more.length === 0 ? null : (
          <span dir="auto" className="line-clamp-3 text-16 break-words text-muted">
            {more.join(', ')}
          </span>
        )}
        {note === null ? null : (
          <span
            dir="auto"
            className="mt-1 line-clamp-4 rounded-control bg-brass-soft px-2 py-1 text-16 break-words text-brass-text"
          >
            {note}
          </span>
        )}
        {state === 'fired' ? null : <LineSign state={state} />}
      </span>
    </span>
  );
}

function LineSign({ state }: { readonly state: TicketLine['state'] }): ReactElement {
  const t = useWords(words);
  const isOff = state === 'stopped';
  return (
    <span
      className={classes(
        'flex items-center gap-1 text-16 font-semibold',
        isOff ? 'text-wine' : 'text-brand',
      )}
    >
      <Icon name={isOff ? 'error' : 'check'} /> {isOff ? t('stopped') : t('ready')}
    </span>
  );
}

/** Minutes and seconds; hours are minutes too, since a kitchen counts in these. */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
