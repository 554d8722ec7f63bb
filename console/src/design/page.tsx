/** The frame of every screen, and cards within it. */
import { useEffect, useId, type ReactElement, type ReactNode } from 'react';
import { classes } from './classes.ts';

export interface PageProps {
  readonly title: string;
  readonly actions?: ReactNode;
  /** The filter line below the title. */
  readonly filters?: ReactNode;
  readonly children: ReactNode;
  /** A line above the title: where it belongs, as a link. */
  readonly above?: ReactNode;
  /** Beside the title: its state. */
  readonly badge?: ReactNode;
}

/** Sets the document's title and the one h1 of the screen. */
export function Page({ title, actions, filters, children, above, badge }: PageProps): ReactElement {
  useEffect(() => {
    document.title = `${title.slice(0, TITLE_LENGTH_MAX)} · Comptoir`;
  }, [title]);
  return (
    <div className="flex min-w-0 flex-col gap-4 p-4 md:p-6">
      <header className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-64 flex-col gap-1">
          {above === undefined ? null : <div className="text-13 text-muted">{above}</div>}
          <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
            <h1
              tabIndex={-1}
              dir="auto"
              className="line-clamp-2 min-w-0 text-20 break-words outline-none"
            >
              {title}
            </h1>
            {badge}
          </div>
        </div>
        {actions === undefined ? null : (
          <div className="flex max-w-full flex-wrap gap-2">{actions}</div>
        )}
      </header>
      {filters === undefined ? null : (
        <div className="flex min-w-0 flex-wrap items-end gap-3">{filters}</div>
      )}
      {children}
    </div>
  );
}

/** A tab shows some twenty characters; names can have ten thousand. */
const TITLE_LENGTH_MAX = 80;

export interface CardProps {
  readonly title?: string | undefined;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** No padding: for tables and lists that reach the border. */
  readonly isFlush?: boolean | undefined;
  readonly className?: string | undefined;
}

export function Card({
  title,
  actions,
  children,
  isFlush = false,
  className,
}: CardProps): ReactElement {
  const id = useId();
  return (
    <section
      aria-labelledby={title === undefined ? undefined : id}
      className={classes(
        'flex min-w-0 flex-col rounded-card border border-line bg-raised',
        className,
      )}
    >
      {title === undefined && actions === undefined ? null : (
        <header className="flex min-h-11 flex-wrap items-center gap-2 px-4 pt-2">
          <h2 id={id} dir="auto" className="min-w-[min(100%,10rem)] flex-1 truncate text-14">
            {title}
          </h2>
          {actions}
        </header>
      )}
      <div
        className={classes(
          'min-w-0 flex-1',
          !isFlush && (title === undefined ? 'p-4' : 'px-4 pt-2 pb-4'),
        )}
      >
        {children}
      </div>
    </section>
  );
}

export interface FactsProps {
  /** Names and values of one thing; `null` values are left out. */
  readonly facts: readonly (readonly [name: string, value: ReactNode])[];
}

/** What something is, as a list of names and values. */
export function Facts({ facts }: FactsProps): ReactElement {
  return (
    <div className="@container min-w-0">
      <dl className="grid grid-cols-1 gap-x-4 gap-y-2 @3xs:grid-cols-[minmax(80px,1fr)_minmax(0,2fr)]">
        {facts
          .filter(([, value]) => value !== null && value !== undefined && value !== '')
          .map(([name, value]) => (
            <div key={name} className="col-span-full grid grid-cols-subgrid">
              <dt className="min-w-0 text-13 break-words text-muted">{name}</dt>
              <dd dir="auto" className="min-w-0 break-words">
                {value}
              </dd>
            </div>
          ))}
      </dl>
    </div>
  );
}
