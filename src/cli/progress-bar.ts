const BAR_WIDTH = 24;

/** One line: a bar, its share (0 to 1) in per cent, and words. */
export function barOf(share: number, words: string): string {
  const within = Math.max(0, Math.min(1, share));
  const bar = '#'.repeat(Math.round(within * BAR_WIDTH)).padEnd(BAR_WIDTH, '.');
  return `[${bar}] ${String(Math.floor(within * 100)).padStart(3)} %  ${words}`.trimEnd();
}
