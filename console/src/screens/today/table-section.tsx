/** A table under its title; the table has a border of its own. */
import { useId, type ReactElement, type ReactNode } from 'react';

export function TableSection({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactElement {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-2">
      <h2 id={id} className="text-14">
        {title}
      </h2>
      {children}
    </section>
  );
}
