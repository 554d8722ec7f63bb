/** A story: what happened, newest or oldest first as the screen hands it over. */
import { Link } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { classes } from './classes.ts';
import type { Tone } from './marks.tsx';
import { Moment } from './texts.tsx';

export interface TimelineItem {
  readonly at: string | number;
  readonly words: ReactNode;
  readonly href?: string | undefined;
  readonly tone?: Tone | undefined;
  readonly id?: string | undefined;
  /** A second, quieter line: who did it. */
  readonly by?: ReactNode;
}

export interface TimelineProps {
  readonly items: readonly TimelineItem[];
  readonly zone?: string | undefined;
  readonly relative?: boolean | undefined;
  /** Only the time: when all is of one day. */
  readonly only?: 'time' | undefined;
}

const DOTS: Readonly<Record<Tone, string>> = {
  good: 'border-brand bg-brand',
  waiting: 'border-brass bg-brass',
  bad: 'border-wine bg-wine',
  info: 'border-blue bg-blue',
  plain: 'border-control bg-raised',
};

export function Timeline({ items, zone, relative, only }: TimelineProps): ReactElement {
  return (
    <ol className="relative flex flex-col gap-3 pl-5 before:absolute before:inset-y-2 before:left-[5px] before:w-px before:bg-line">
      {items.map((item, at) => (
        <li key={item.id ?? `${String(item.at)}-${String(at)}`} className="relative min-w-0">
          <span
            aria-hidden="true"
            className={classes(
              'absolute top-1.5 -left-[19px] size-2.5 rounded-full border',
              DOTS[item.tone ?? 'plain'],
            )}
          />
          <div className="flex min-w-0 items-baseline justify-between gap-3">
            <p dir="auto" className="min-w-0 break-words">
              {item.href === undefined ? (
                item.words
              ) : (
                <Link
                  to={item.href}
                  className="decoration-control underline-offset-2 hover:underline"
                >
                  {item.words}
                </Link>
              )}
            </p>
            <span className="shrink-0 text-12 text-muted">
              <Moment at={item.at} zone={zone} relative={relative} only={only} />
            </span>
          </div>
          {item.by === undefined ? null : <p className="text-12 text-muted">{item.by}</p>}
        </li>
      ))}
    </ol>
  );
}
