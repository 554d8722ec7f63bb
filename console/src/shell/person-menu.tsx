/** You: profile, language, look, switching on a shared device, signing out. */
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useDeviceKey, useSession } from '../api/session.ts';
import { Menu, type MenuItem } from '../design/menus.tsx';
import { chooseTheme, useThemeChoice, type ThemeChoice } from '../design/theme.ts';
import { useDemo } from '../screens/break-it/use-demo.ts';
import { DeleteDemoDialog } from '../screens/demo/delete-demo-dialog.tsx';
import { words as demoWords } from '../screens/demo/words.ts';
import { signOut } from '../session/load-session.ts';
import type { Language } from '../words/define-words.ts';
import { chooseLanguage, useLanguage, useWords } from '../words/language.ts';
import { initialsOf } from './initials.ts';
import { words } from './words.ts';

/** Each language is named in itself. */
const LANGUAGE_NAMES: readonly (readonly [Language, string])[] = [
  ['en', 'English'],
  ['pl', 'Polski'],
  ['pt', 'Português'],
];

const THEMES: readonly (readonly [
  ThemeChoice,
  'theme-light' | 'theme-dark' | 'theme-system',
  'sun' | 'moon' | 'contrast',
])[] = [
  ['light', 'theme-light', 'sun'],
  ['dark', 'theme-dark', 'moon'],
  ['system', 'theme-system', 'contrast'],
];

/** Of a name that is read aloud. */
const NAME_SAID_MAX = 80;

export function PersonMenu({
  name,
  onCalls,
}: {
  readonly name: string;
  onCalls(): void;
}): ReactElement {
  const t = useWords(words);
  const { user, roles } = useSession();
  const [isDeleting, setDeleting] = useState(false);
  const items = useItems({ onCalls, onDeleteDemo: () => setDeleting(true) });
  return (
    <>
      <Menu
        trigger={
          <button
            type="button"
            className="grid size-8 shrink-0 place-items-center rounded-full border border-control bg-ground text-13 font-semibold text-ink"
          >
            <span aria-hidden="true">{initialsOf(name)}</span>
            <span className="sr-only">{`${t('person')}: ${name.slice(0, NAME_SAID_MAX)}`}</span>
          </button>
        }
        head={
          <>
            <p dir="auto" className="truncate font-semibold">
              {name}
            </p>
            <p className="truncate text-12 text-muted">{user.email}</p>
            <p className="truncate text-12 text-muted">{roles.join(', ')}</p>
          </>
        }
        items={items}
      />
      {isDeleting ? <DeleteDemoDialog isOpen onClose={() => setDeleting(false)} /> : null}
    </>
  );
}

interface MenuCalls {
  onCalls(): void;
  onDeleteDemo(): void;
}

function useItems({ onCalls, onDeleteDemo }: MenuCalls): readonly (MenuItem | null)[] {
  const t = useWords(words);
  const language = useLanguage();
  const theme = useThemeChoice();
  const navigate = useNavigate();
  const device = useDeviceKey();
  const d = useWords(demoWords);
  const isOwner = useSession().roles.includes('owner');
  const demo = useDemo();
  return [
    { label: t('profile'), icon: 'person', onSelect: () => void navigate({ to: '/profile' }) },
    { label: t('calls'), icon: 'code', onSelect: onCalls },
    {
      label: t('api-docs'),
      icon: 'external',
      onSelect: () => window.open('/docs', '_blank', 'noopener'),
    },
    null,
    ...LANGUAGE_NAMES.map(([value, label]): MenuItem => ({
      label,
      icon: 'language',
      isChecked: value === language,
      onSelect: () => chooseLanguage(value),
    })),
    null,
    ...THEMES.map(([value, key, icon]): MenuItem => ({
      label: t(key),
      icon,
      isChecked: value === theme,
      onSelect: () => chooseTheme(value),
    })),
    null,
    ...(device === null
      ? []
      : [
          {
            label: t('switch-person'),
            icon: 'switch',
            onSelect: () => void signOut(),
          } satisfies MenuItem,
        ]),
    ...(isOwner && demo?.demo === true
      ? [
          {
            label: d('delete-demo'),
            icon: 'trash',
            kind: 'danger',
            onSelect: onDeleteDemo,
          } satisfies MenuItem,
        ]
      : []),
    { label: t('sign-out'), icon: 'sign-out', onSelect: () => void leave(navigate) },
  ];
}

/** Whoever signs in next starts at their own first screen. */
async function leave(navigate: ReturnType<typeof useNavigate>): Promise<void> {
  await signOut();
  await navigate({ to: '/' });
}
