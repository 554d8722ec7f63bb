/** The command palette: areas, screens, what was open, actions, and any id. Ctrl-K opens it. */
import { useNavigate } from '@tanstack/react-router';
import { useId, useState, type KeyboardEvent, type ReactElement } from 'react';
import { useRead } from '../api/api.ts';
import { allows, useSession } from '../api/session.ts';
import { classes } from '../design/classes.ts';
import { Dialog } from '../design/dialogs.tsx';
import { Icon } from '../design/icons.tsx';
import { chooseTheme, themeNow } from '../design/theme.ts';
import { chooseLanguage, useWords } from '../words/language.ts';
import { useEveryName } from '../words/names/use-names.ts';
import { signOut } from '../session/load-session.ts';
import { areasFor } from './areas.ts';
import { lock } from './idle-lock.ts';
import { itemsFor, looksLikeId, streamOf, type PaletteItem } from './palette-items.ts';
import { useRecent } from './recent.ts';
import { words } from './words.ts';

export function Palette({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  return (
    <Dialog title={t('search')} isOpen={isOpen} onClose={onClose}>
      {isOpen ? <Finder onDone={onClose} /> : null}
    </Dialog>
  );
}

function usePaletteItems(typed: string): readonly PaletteItem[] {
  const t = useWords(words);
  const { permissions } = useSession();
  const recent = useRecent();
  const modules = useRead('GET /v1/modules', {});
  const namesOf = useEveryName();
  const recents = recent.map(({ href, title }) => ({
    id: `recent ${href}`,
    title,
    group: t('palette-recent'),
    to: href,
  }));
  const areas = areasFor(permissions).map(({ name, path }) => ({
    id: path,
    title: t(name),
    group: t('palette-areas'),
    to: path,
    also: name,
  }));
  const screens = (modules.data?.items ?? []).flatMap((module) =>
    module.aggregates
      .filter(({ scopes }) => allows(permissions, scopes.read))
      .map(({ category, path }) => ({
        id: `m ${category}`,
        title: namesOf(module.name).many(category) ?? category.replaceAll('.', ' · '),
        group: t('palette-screens'),
        to: `/m${path.replace(/^\/v1/, '')}`.replace(/^(\/m\/[^/]+)$/, `$1/${module.name}`),
        also: `${module.title} ${category}`,
      })),
  );
  const found = itemsFor(
    [
      ...areas,
      ...recents,
      ...actionsOf(t, { maySetUp: allows(permissions, 'business:settings') }),
      ...screens,
    ],
    typed,
  );
  return typed.trim() === ''
    ? [...recents, ...areas].slice(0, EMPTY_MAX)
    : [...idItems(typed, { t, mayReadEvents: allows(permissions, 'events:read') }), ...found];
}

/** Before anything is typed. */
const EMPTY_MAX = 14;

type Speak = ReturnType<typeof useWords<keyof (typeof words)['en']>>;

function idItems(
  typed: string,
  { t, mayReadEvents }: { readonly t: Speak; readonly mayReadEvents: boolean },
): readonly PaletteItem[] {
  if (!mayReadEvents) return [];
  const id = typed.trim();
  const stream = streamOf(typed);
  const group = t('palette-id');
  return [
    ...(stream === null
      ? []
      : [
          {
            id: 'stream',
            group,
            title: t('palette-id-stream', { id }),
            to: `/streams/${stream.category}/${stream.id}`,
          },
        ]),
    ...(looksLikeId(typed)
      ? [
          {
            id: 'events',
            group,
            title: t('palette-id-events', { id }),
            to: `/events?q=${encodeURIComponent(`id:${id}`)}`,
          },
        ]
      : []),
  ];
}

function actionsOf(t: Speak, { maySetUp }: { readonly maySetUp: boolean }): readonly PaletteItem[] {
  const group = t('palette-actions');
  return [
    ...(maySetUp ? [{ id: 'set-up', title: t('set-up'), group, to: '/set-up' }] : []),
    { id: 'profile', title: t('profile'), group, to: '/profile' },
    {
      id: 'theme',
      title: `${t('theme')}: ${t(themeNow() === 'dark' ? 'theme-light' : 'theme-dark')}`,
      group,
      to: () => chooseTheme(themeNow() === 'dark' ? 'light' : 'dark'),
    },
    { id: 'en', title: `${t('language')}: English`, group, to: () => chooseLanguage('en') },
    { id: 'pl', title: `${t('language')}: Polski`, group, to: () => chooseLanguage('pl') },
    { id: 'pt', title: `${t('language')}: Português`, group, to: () => chooseLanguage('pt') },
    { id: 'lock', title: t('lock-now'), group, to: lock },
    { id: 'sign-out', title: t('sign-out'), group, to: () => void signOut() },
  ];
}

function Finder({ onDone }: { onDone(): void }): ReactElement {
  const t = useWords(words);
  const id = useId();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const items = usePaletteItems(typed);
  const chosen = Math.min(at, Math.max(0, items.length - 1));
  const open = (item: PaletteItem | undefined): void => {
    if (item === undefined) return;
    onDone();
    if (typeof item.to === 'string') void navigate({ href: item.to });
    else item.to();
  };
  const onKey = (press: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[press.key];
    if (press.key === 'Enter') open(items[chosen]);
    if (step === undefined) return;
    press.preventDefault();
    const next = (chosen + step + items.length) % Math.max(1, items.length);
    setAt(next);
    document
      .querySelector(`#${CSS.escape(`${id}-${String(next)}`)}`)
      ?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="relative">
        <Icon name="search" className="pointer-events-none absolute top-3 left-3 text-muted" />
        <input
          role="combobox"
          aria-label={t('search-hint')}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={items.length === 0 ? undefined : `${id}-${String(chosen)}`}
          autoComplete="off"
          // It is what the dialog is for.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          value={typed}
          placeholder={t('palette-placeholder')}
          onChange={(change) => {
            setTyped(change.target.value);
            setAt(0);
          }}
          onKeyDown={onKey}
          className="h-10 w-full rounded-control border border-control bg-raised pr-3 pl-9"
        />
      </div>
      <p role="status" className="sr-only">
        {t('palette-results', { count: items.length })}
      </p>
      <Found id={id} items={items} chosen={chosen} onOpen={open} />
    </div>
  );
}

function Found({
  id,
  items,
  chosen,
  onOpen,
}: {
  readonly id: string;
  readonly items: readonly PaletteItem[];
  readonly chosen: number;
  onOpen(item: PaletteItem): void;
}): ReactElement {
  const t = useWords(words);
  if (items.length === 0) return <p className="py-6 text-center text-muted">{t('palette-none')}</p>;
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label={t('search')}
      className="flex max-h-[50vh] flex-col overflow-y-auto"
    >
      {items.map((item, at) => (
        // Keys are the field's: it holds the focus and moves through the list.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={item.id}
          id={`${id}-${String(at)}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === chosen}
          onClick={() => onOpen(item)}
          className={classes(
            'flex min-h-9 shrink-0 cursor-pointer items-center gap-3 rounded-control px-3',
            at === chosen ? 'bg-brand-soft text-brand' : 'hover:bg-sunken',
          )}
        >
          <span dir="auto" className="min-w-0 flex-1 truncate">
            {item.title}
          </span>
          <span
            className={classes('shrink-0 text-12', at === chosen ? 'text-brand' : 'text-muted')}
          >
            {item.group}
          </span>
        </div>
      ))}
    </div>
  );
}
