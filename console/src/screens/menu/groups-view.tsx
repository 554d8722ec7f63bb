/** Groups of modifiers, and what can be chosen in each. */
import { useState, type ReactElement } from 'react';
import { Button, IconButton } from '../../design/buttons.tsx';
import { EmptyState } from '../../design/marks.tsx';
import { Card } from '../../design/page.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useLimits } from '../lists/use-limits.ts';
import { GroupDialog } from './group-dialog.tsx';
import { textIn, type Group } from './menu-types.ts';
import type { Catalog, House } from './use-catalog.ts';
import { words } from './words.ts';

export function GroupsView(props: {
  readonly house: House;
  readonly catalog: Catalog;
}): ReactElement {
  const t = useWords(words);
  const { house, catalog } = props;
  const limits = useLimits()('catalog:edit');
  const [open, setOpen] = useState<Group | 'new' | null>(null);
  const groups = catalog.groups.filter(({ status }) => status === 'active');
  const make = (
    <Button icon="plus" {...limits} onClick={() => setOpen('new')}>
      {t('group-new')}
    </Button>
  );
  return (
    <div className="flex flex-col gap-3">
      {groups.length === 0 ? (
        <EmptyState
          icon="list"
          title={t('group-empty-title')}
          text={t('group-empty-text')}
          action={make}
        />
      ) : (
        <>
          <div>{make}</div>
          <div className="grid items-start gap-3 sm:grid-cols-2 xl:grid-cols-3">
            {groups.map((group) => (
              <GroupCard
                key={group.id}
                group={group}
                currency={house.currency}
                isOff={limits.disabled}
                onEdit={() => setOpen(group)}
              />
            ))}
          </div>
        </>
      )}
      {open === null ? null : (
        <GroupDialog
          group={open === 'new' ? null : open}
          house={house}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

function GroupCard(props: {
  readonly group: Group;
  readonly currency: string;
  readonly isOff: boolean;
  onEdit(): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { group, currency, isOff, onEdit } = props;
  const name = textIn(group.name, language);
  return (
    <Card
      title={name}
      actions={
        <IconButton icon="edit" label={`${t('edit')}: ${name}`} disabled={isOff} onClick={onEdit} />
      }
    >
      <p className="pb-2 text-13 text-muted">{t('choose', { min: group.min, max: group.max })}</p>
      <ul className="flex flex-col gap-1">
        {group.options.map((option) => (
          <li key={option.optionId} className="flex justify-between gap-3">
            <span dir="auto" className="min-w-0 truncate">
              {textIn(option.name, language)}
            </span>
            <span className="text-muted">
              {option.price === 0 ? '–' : formatMoney({ amount: option.price, currency }, language)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
