/** What became of a file that was taken in: a sentence, and the lines that were refused. */
import type { ReactElement } from 'react';

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
