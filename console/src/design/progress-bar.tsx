/** How much of something is done, as a bar and as a number. */
import type { ReactElement } from 'react';
import { formatNumber } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { classes } from './classes.ts';

export interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
  readonly tone?: 'brand' | 'brass' | undefined;
}

export function ProgressBar({ label, share, tone = 'brand' }: ProgressBarProps): ReactElement {
  const language = useLanguage();
  const bounded = Math.min(1, Math.max(0, share));
  // Rounded down: a bar that says 100 % is done.
  const percent = formatNumber(Math.floor(bounded * 1000) / 1000, language, {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  return (
    <div className="flex min-w-0 items-center gap-3">
      <progress
        aria-label={label}
        max={1}
        value={bounded}
        className={classes(
          'h-2.5 min-w-16 flex-1 appearance-none overflow-hidden rounded-full border border-control bg-sunken',
          '[&::-webkit-progress-bar]:bg-sunken',
          tone === 'brand'
            ? '[&::-moz-progress-bar]:bg-brand [&::-webkit-progress-value]:bg-brand'
            : '[&::-moz-progress-bar]:bg-brass [&::-webkit-progress-value]:bg-brass',
        )}
      />
      <span className="w-14 shrink-0 text-right text-13">{percent}</span>
    </div>
  );
}
