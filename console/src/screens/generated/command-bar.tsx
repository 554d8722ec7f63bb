/** The commands of a thing: those that the person may give, the first as buttons, all others in a menu. */
import { useState, type ReactElement } from 'react';
import { allows, useSession } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { Menu } from '../../design/menus.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { permissionWords } from '../../words/permissions.ts';
import { useNamesOf } from '../../words/names/use-names.ts';
import { CommandDialog, type CommandDialogProps } from './command-dialog.tsx';
import type { AggregateItem, CommandItem } from './generic-calls.ts';
import { words } from './words.ts';

export interface CommandBarProps {
  readonly aggregate: AggregateItem;
  /** null for the commands that make a thing. */
  readonly id: string | null;
  readonly seen?: CommandDialogProps['seen'];
  readonly onDone?: ((answer: unknown) => void) | undefined;
}

const BUTTONS_MAX = 2;

export function CommandBar({ aggregate, id, seen, onDone }: CommandBarProps): ReactElement | null {
  const t = useWords(words);
  const language = useLanguage();
  const names = useNamesOf(aggregate.category);
  const { permissions } = useSession();
  const { at } = useAsOf();
  const [open, setOpen] = useState<CommandItem | null>(null);
  const commands = aggregate.commands.filter(({ word }) => (word === null) === (id === null));
  if (commands.length === 0) return null;
  const reasonFor = ({ permission, approvable }: CommandItem): string | undefined => {
    if (at !== null) return t('in-the-past');
    return approvable || allows(permissions, permission)
      ? undefined
      : t('not-allowed', { permission: permissionWords(permission, language) });
  };
  const shown = commands.toSorted(
    (a, b) => Number(reasonFor(a) !== undefined) - Number(reasonFor(b) !== undefined),
  );
  const [first, more] = [shown.slice(0, BUTTONS_MAX), shown.slice(BUTTONS_MAX)];
  return (
    <>
      {first.map((command) => (
        <Button
          key={command.name}
          kind={id === null ? 'primary' : 'quiet'}
          icon={id === null ? 'plus' : undefined}
          disabled={reasonFor(command) !== undefined}
          reason={reasonFor(command)}
          onClick={() => setOpen(command)}
        >
          {names.command(command.name)}
        </Button>
      ))}
      {more.length === 0 ? null : (
        <Menu
          trigger={<Button icon="more">{t('commands')}</Button>}
          items={more.map((command) => ({
            label: names.command(command.name),
            disabled: reasonFor(command) !== undefined,
            reason: reasonFor(command),
            onSelect: () => setOpen(command),
          }))}
        />
      )}
      {open === null ? null : (
        <CommandDialog
          aggregate={aggregate}
          command={open}
          id={id}
          seen={seen}
          onClose={() => setOpen(null)}
          {...(onDone === undefined ? {} : { onDone })}
        />
      )}
    </>
  );
}
