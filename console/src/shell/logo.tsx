/** The mark of the house. */
import type { ReactElement } from 'react';

/** A counter line with three ledger ticks above it. */
export function Logo({ className = 'size-6' }: { readonly className?: string }): ReactElement {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.5"
      strokeLinecap="round"
      className={`text-brand ${className}`}
    >
      <path d="M2.500 19h19M7 13.500V9M12 13.500v-9M17 13.500V7" />
    </svg>
  );
}
