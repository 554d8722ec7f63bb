import type { Terminal } from '../terminal.ts';
import type { Tally } from './sender.ts';

/** Ten times a second is fluent and costs nothing. */
const REFRESH_MS = 100;
const BAR_WIDTH = 24;

export interface ProgressSource {
  readonly tally: Tally;
  /** Bytes read so far. */
  bytesRead(): number;
  /** Undefined when the size is not known, as with stdin. */
  readonly bytesTotal: number | undefined;
}

/** Shows a bar with rate and counts while a file is sent. Returns the way to end and clear it. */
export function showProgress(terminal: Terminal, source: ProgressSource): () => void {
  if (!terminal.animated) return () => {};
  const startedAt = performance.now();
  const timer = setInterval(() => {
    terminal.progress(progressLine(source, (performance.now() - startedAt) / 1000));
  }, REFRESH_MS);
  return () => {
    clearInterval(timer);
    terminal.progress('');
  };
}

export function progressLine(source: ProgressSource, seconds: number): string {
  const { created, duplicates, rejected } = source.tally;
  const answered = created + duplicates + rejected;
  const rate = seconds > 0 ? Math.round(answered / seconds) : 0;
  const counts = `${created} created  ${duplicates} duplicates  ${rejected} rejected  ${rate}/s`;
  if (source.bytesTotal === undefined || source.bytesTotal === 0) return counts;
  const share = Math.min(1, source.bytesRead() / source.bytesTotal);
  const filled = Math.round(share * BAR_WIDTH);
  const bar = '#'.repeat(filled).padEnd(BAR_WIDTH, '.');
  return `[${bar}] ${String(Math.floor(share * 100)).padStart(3)} %  ${counts}`;
}
