import { barOf } from '../progress-bar.ts';
import type { Terminal } from '../terminal.ts';

/** How far an import is, on a terminal that shows it; whoever runs the import takes the line away. */
export function showDone(
  terminal: Pick<Terminal, 'progress'>,
  { done, all, of }: { readonly done: number; readonly all: number; readonly of: string },
): void {
  if (all > 0) terminal.progress(barOf(done / all, `${done} of ${all} ${of}`));
}
