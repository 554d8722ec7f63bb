/** People as tiles, to point at with a thumb. */
import type { ReactElement } from 'react';
import { classes } from '../../design/classes.ts';
import { initialsOf } from '../../shell/initials.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
}

export function PeopleTiles({
  people,
  chosen,
  label,
  onChoose,
}: {
  readonly people: readonly Person[];
  readonly chosen: string | null;
  readonly label: string;
  onChoose(id: string): void;
}): ReactElement {
  return (
    <div
      role="group"
      aria-label={label}
      className="grid grid-cols-[repeat(auto-fill,minmax(140px,1fr))] gap-2"
    >
      {people.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === chosen}
          onClick={() => onChoose(id)}
          className={classes(
            'flex min-h-16 min-w-0 items-center gap-3 rounded-card border px-3 py-2 text-left text-16',
            id === chosen
              ? 'border-brand bg-brand-soft text-brand'
              : 'border-control bg-raised hover:bg-sunken',
          )}
        >
          <span
            aria-hidden="true"
            className="grid size-9 shrink-0 place-items-center rounded-full bg-sunken text-14 font-semibold text-ink"
          >
            {initialsOf(name)}
          </span>
          <span dir="auto" className="line-clamp-2 min-w-0 break-words">
            {name}
          </span>
        </button>
      ))}
    </div>
  );
}
