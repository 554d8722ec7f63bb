/** The bar on top: where you are, search, the moment that is shown, how the server is, and you. */
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useSession } from '../api/session.ts';
import { IconButton } from '../design/buttons.tsx';
import { Icon } from '../design/icons.tsx';
import { useWords } from '../words/language.ts';
import { BusinessName } from './business-name.tsx';
import { Logo } from './logo.tsx';
import { HealthDot } from './health-dot.tsx';
import { PersonMenu } from './person-menu.tsx';
import { TimeChip } from './time-chip.tsx';
import { words } from './words.ts';

interface TopBarProps {
  onSearch(): void;
  onCalls(): void;
  readonly isCallsOpen: boolean;
}

export function TopBar({ onSearch, onCalls, isCallsOpen }: TopBarProps): ReactElement {
  const t = useWords(words);
  const { user } = useSession();
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-raised px-2 sm:gap-3 md:pr-3 md:pl-4">
      <Link to="/" aria-label="Comptoir" className="flex shrink-0 items-center rounded-control p-1">
        <Logo />
      </Link>
      <BusinessName />
      <button
        type="button"
        onClick={onSearch}
        aria-keyshortcuts="Control+K"
        className="mx-auto flex h-8 min-w-8 shrink items-center justify-center gap-2 rounded-control border border-control bg-ground px-2 text-13 text-muted hover:text-ink sm:w-72 sm:justify-start lg:w-96"
      >
        <Icon name="search" />
        <span className="min-w-0 flex-1 truncate text-left max-sm:sr-only">{t('search-hint')}</span>
        <kbd
          aria-hidden="true"
          className="hidden shrink-0 rounded border border-line px-1 text-12 sm:block"
        >
          Ctrl K
        </kbd>
      </button>
      <TimeChip />
      <HealthDot />
      <span className="hidden sm:block">
        <IconButton
          size="compact"
          icon="code"
          label={t('calls-open')}
          isPressed={isCallsOpen}
          onClick={onCalls}
        />
      </span>
      <PersonMenu name={user.name} onCalls={onCalls} />
    </header>
  );
}
