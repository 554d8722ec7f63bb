/** The rail of areas: at the side on wide screens; on small ones a bar at the foot with the first areas and all others. */
import { Link } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useSession } from '../api/session.ts';
import { IconButton } from '../design/buttons.tsx';
import { classes } from '../design/classes.ts';
import { Drawer } from '../design/dialogs.tsx';
import { Icon } from '../design/icons.tsx';
import { useWords } from '../words/language.ts';
import { areasFor, type Area } from './areas.ts';
import { useKept } from './kept.ts';
import { words } from './words.ts';

/** Words beside the icons leave enough for a screen from here on; narrower ones begin with icons alone. */
const WIDE = '(min-width: 1024px)';

export function Rail(): ReactElement {
  const t = useWords(words);
  const areas = areasFor(useSession().permissions);
  const [kept, keep] = useKept('comptoir.rail', matchMedia(WIDE).matches ? 'wide' : 'narrow');
  const isNarrow = kept === 'narrow';
  return (
    <nav
      aria-label={t('areas')}
      className={classes(
        'hidden shrink-0 flex-col border-r border-line bg-ground md:flex',
        isNarrow ? 'w-14' : 'w-48',
      )}
    >
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 py-2">
        <AreaLinks areas={areas} isNarrow={isNarrow} />
      </div>
      <div className="border-t border-line p-2">
        <IconButton
          icon="sidebar"
          label={isNarrow ? t('expand-rail') : t('collapse-rail')}
          isPressed={isNarrow ? true : undefined}
          onClick={() => keep(isNarrow ? 'wide' : 'narrow')}
        />
      </div>
    </nav>
  );
}

function AreaLinks({
  areas,
  isNarrow = false,
  onChoose,
}: {
  readonly areas: readonly Area[];
  readonly isNarrow?: boolean;
  readonly onChoose?: () => void;
}): ReactElement {
  const above = areas.filter(({ below }) => below !== true);
  const under = areas.filter(({ below }) => below === true);
  return (
    <>
      {[above, under].map((group, at) =>
        group.length === 0 ? null : (
          <ul
            key={at === 0 ? 'house' : 'engine'}
            className={classes(
              'flex flex-col gap-0.5',
              at === 1 && above.length > 0 && 'mt-2 border-t border-line pt-2',
            )}
          >
            {group.map((area) => (
              <li key={area.name}>
                <AreaLink area={area} isNarrow={isNarrow} onChoose={onChoose} />
              </li>
            ))}
          </ul>
        ),
      )}
    </>
  );
}

function AreaLink({
  area,
  isNarrow,
  onChoose,
}: {
  readonly area: Area;
  readonly isNarrow: boolean;
  readonly onChoose: (() => void) | undefined;
}): ReactElement {
  const t = useWords(words);
  const label = t(area.name);
  return (
    <Link
      to={area.path}
      title={isNarrow ? label : undefined}
      aria-label={isNarrow ? label : undefined}
      onClick={() => onChoose?.()}
      activeProps={{ className: 'bg-brand-soft text-brand font-medium', 'aria-current': 'page' }}
      inactiveProps={{ className: 'text-ink hover:bg-sunken' }}
      className={classes(
        'flex h-9 items-center gap-3 rounded-control px-2.5 -outline-offset-2 pointer-coarse:h-11',
        // All areas are in sight on a laptop's 800 pixels.
        '[@media(max-height:860px)_and_(pointer:fine)]:h-8',
        isNarrow && 'justify-center px-0',
      )}
    >
      <Icon name={area.name} size={20} />
      {isNarrow ? null : <span className="min-w-0 truncate">{label}</span>}
    </Link>
  );
}

/** Areas that fit at the foot beside the button for all. */
const FOOT_AREAS_MAX = 4;

export function BottomBar(): ReactElement {
  const t = useWords(words);
  const areas = areasFor(useSession().permissions);
  const [isOpen, setOpen] = useState(false);
  return (
    <nav
      aria-label={t('areas')}
      className="flex shrink-0 border-t border-line bg-raised pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {areas.slice(0, FOOT_AREAS_MAX).map((area) => (
        <Link
          key={area.name}
          to={area.path}
          activeProps={{ className: 'text-brand font-medium', 'aria-current': 'page' }}
          inactiveProps={{ className: 'text-muted' }}
          className="flex min-h-14 min-w-0 flex-auto flex-col items-center justify-center gap-0.5 text-12 -outline-offset-2"
        >
          <Icon name={area.name} size={20} />
          <span className="max-w-full truncate tracking-tight">{t(area.name)}</span>
        </Link>
      ))}
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="flex min-h-14 min-w-0 flex-auto flex-col items-center justify-center gap-0.5 text-12 text-muted -outline-offset-2"
      >
        <Icon name="list" size={20} />
        <span className="max-w-full truncate tracking-tight">{t('open-areas')}</span>
      </button>
      <Drawer title={t('areas')} side="left" isOpen={isOpen} onClose={() => setOpen(false)}>
        <AreaLinks areas={areas} onChoose={() => setOpen(false)} />
      </Drawer>
    </nav>
  );
}
