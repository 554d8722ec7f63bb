/** Sizes of files as the reader writes them. */
import type { Language } from '../../words/define-words.ts';
import { formatNumber } from '../../words/format.ts';

const STEP = 1000;

/** "340 kB", "2.4 MB": in the units that files are shown in elsewhere. */
export function formatBytes(bytes: number, language: Language): string {
  const [value, unit] =
    bytes < STEP ** 2
      ? [Math.max(1, Math.round(bytes / STEP)), 'kilobyte']
      : [Math.round(bytes / (STEP ** 2 / 10)) / 10, 'megabyte'];
  return formatNumber(value, language, { style: 'unit', unit, unitDisplay: 'short' });
}
