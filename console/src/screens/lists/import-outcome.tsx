/** What became of a file that was taken in: a sentence, and the lines that were refused. */
import type { ReactElement } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';

/** The screen says the line itself, in the reader's language. */
export function withoutLine(detail: string): string {
  return detail.replace(/^Line \d+ /, '');
}

/** The server may have done a part of the file, or all of it. */
export function mayHaveBegun(error: CallFailed | null): boolean {
  return error !== null && (error.status === 0 || error.status >= 500);
}

export function ImportOutcome({
  done,
  refused,
}: {
  readonly done: string;
  readonly refused: readonly { readonly line: number; readonly text: string }[];
}): ReactElement {
  return (
    <div role="status" className="flex flex-col gap-1">
      <p className="font-semibold">{done}</p>
      <ul className="max-h-48 overflow-auto text-13 text-wine">
        {refused.map(({ line, text }) => (
          <li key={line} className="break-words">
            {text}
          </li>
        ))}
      </ul>
    </div>
  );
}
