/** The frame around every screen: rail, top bar, banner, content, foot drawer, and the dialogs that lie over all. */
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useRead } from '../api/api.ts';
import { allows, useSession, useSessionState } from '../api/session.ts';
import { setHouseCurrency } from '../design/house-currency.ts';
import { EmptyState } from '../design/marks.tsx';
import { Page } from '../design/page.tsx';
import { Toasts } from '../design/toasts.tsx';
import { LinkButton } from '../design/buttons.tsx';
import { useWords } from '../words/language.ts';
import { ApprovalDialog } from './approval-dialog.tsx';
import { areaAt, homeOf, mayOpen, type Area } from './areas.ts';
import { CallsDrawer } from './calls-drawer.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { ExpiredDialog } from './expired-dialog.tsx';
import { useIdleLock } from './idle-lock.ts';
import { Palette } from './palette.tsx';
import { BottomBar, Rail } from './rail.tsx';
import { useNoteRecent } from './recent.ts';
import { TopBar } from './top-bar.tsx';
import { words } from './words.ts';

export function Shell(): ReactElement {
  const t = useWords(words);
  const state = useSessionState();
  const [isCallsOpen, setCallsOpen] = useState(false);
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  useIdleLock();
  useCurrencyOfHouse();
  useNoteRecent();
  usePaletteKey(() => setPaletteOpen(true));
  return (
    <div className="flex h-dvh flex-col bg-ground">
      <a
        href="#content"
        className="sr-only z-60 rounded-control bg-brand px-3 py-2 text-on-brand focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        {t('skip-link')}
      </a>
      <TopBar
        onSearch={() => setPaletteOpen(true)}
        onCalls={() => setCallsOpen(!isCallsOpen)}
        isCallsOpen={isCallsOpen}
      />
      <ConnectionBanner />
      <div className="flex min-h-0 flex-1">
        <Rail />
        <div className="flex min-w-0 flex-1 flex-col">
          <Content />
          {isCallsOpen ? <CallsDrawer onClose={() => setCallsOpen(false)} /> : null}
        </div>
      </div>
      <BottomBar />
      <Palette isOpen={isPaletteOpen} onClose={() => setPaletteOpen(false)} />
      <ApprovalDialog />
      {state.kind === 'signed-out' ? <ExpiredDialog /> : null}
      <Toasts />
    </div>
  );
}

/** Fields for money begin in the currency of the first location. */
function useCurrencyOfHouse(): void {
  const { permissions } = useSession();
  const places = useRead(
    'GET /v1/business/locations',
    {},
    { enabled: allows(permissions, 'business:read') },
  );
  const currency = places.data?.items[0]?.currency;
  useEffect(() => {
    if (typeof currency === 'string') setHouseCurrency(currency);
  }, [currency]);
}

function usePaletteKey(open: () => void): void {
  useEffect(() => {
    const onKey = (press: KeyboardEvent): void => {
      if (press.key.toLowerCase() !== 'k' || !(press.ctrlKey || press.metaKey)) return;
      press.preventDefault();
      open();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [open]);
}

/** The screen itself, scrolling by itself; a new screen's title takes the focus so that it is said. */
function Content(): ReactElement {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const before = useRef<string | null>(null);
  useEffect(() => {
    const from = before.current;
    before.current = pathname;
    // The first screen leaves the focus at the top of the page; `/` only leads to it.
    if (from === null || from === '/') return;
    main.current?.scrollTo({ top: 0 });
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <main
      id="content"
      ref={main}
      tabIndex={-1}
      className="relative min-h-0 min-w-0 flex-1 overflow-x-hidden overflow-y-auto outline-none"
    >
      <Guarded pathname={pathname} />
    </main>
  );
}

function Guarded({ pathname }: { readonly pathname: string }): ReactElement | null {
  const session = useSession();
  const navigate = useNavigate();
  const isHome = pathname === '/';
  const home = useHome(isHome);
  useEffect(() => {
    if (isHome && home !== null) void navigate({ to: home, replace: true });
  }, [isHome, home, navigate]);
  if (isHome) return null;
  const area = areaAt(pathname);
  if (area !== null && !mayOpen(area, session.permissions)) return <Forbidden area={area} />;
  return <Outlet />;
}

/** Where a person starts: whoever may set up a business without a location starts there. null while it is asked. */
function useHome(isAsked: boolean): string | null {
  const session = useSession();
  const maySetUp = allows(session.permissions, 'business:settings');
  const places = useRead('GET /v1/business/locations', {}, { enabled: isAsked && maySetUp });
  if (!maySetUp || places.isError) return homeOf(session);
  if (places.data === undefined) return null;
  return places.data.items.length === 0 ? '/set-up' : homeOf(session);
}

/** An area of the whole server is no matter of a role: nobody of another business than `default` can be given it. */
function Forbidden({ area }: { readonly area: Area }): ReactElement {
  const t = useWords(words);
  const { tenant } = useSession();
  const isElsewhere = area.name === 'live' && tenant !== 'default';
  return (
    <Page title={t('forbidden-title')}>
      <EmptyState
        icon="lock"
        title={t('forbidden-title')}
        text={t(isElsewhere ? 'forbidden-installation' : 'forbidden-text')}
        action={
          <LinkButton kind="primary" to="/">
            {t('go-home')}
          </LinkButton>
        }
      />
    </Page>
  );
}
