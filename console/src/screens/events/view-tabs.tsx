/** Views as tabs: those of the console, then those that somebody saved in this browser. */
import { useState, type ReactElement } from 'react';
import { useSession } from '../../api/session.ts';
import { Button, Dialog, IconButton, Tabs, TextField, toast } from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import { useSavedViews } from './saved-views.ts';
import { words } from './words.ts';

const BUILT_IN: readonly (readonly [
  name: 'all' | 'orders' | 'payments' | 'reservations' | 'guests',
  line: string,
])[] = [
  ['all', ''],
  ['orders', 'type:comptoir.order.*'],
  ['payments', 'type:comptoir.order.payment-taken.v1'],
  ['reservations', 'type:comptoir.reservation.*'],
  ['guests', 'type:comptoir.customer.*'],
];

const OWN = 'own';

export function ViewTabs({
  line,
  onLine,
}: {
  readonly line: string;
  onLine(line: string): void;
}): ReactElement {
  const t = useWords(words);
  const { views, save, remove } = useSavedViews(useSession().tenant);
  const [isSaving, setSaving] = useState(false);
  const all = [
    ...BUILT_IN.map(([name, of]) => ({
      value: `built-in ${name}`,
      label: t(`view-${name}`),
      line: of,
    })),
    ...views.map((view) => ({ value: `saved ${view.name}`, label: view.name, line: view.line })),
  ];
  const chosen = all.find((view) => view.line === line);
  const saved = views.find((view) => view.line === line);
  const tabs = chosen === undefined ? [...all, { value: OWN, label: t('view-own'), line }] : all;
  return (
    <>
      <Tabs<string>
        label={t('views')}
        tabs={tabs.map(({ value, label }) => ({ value, label }))}
        value={chosen?.value ?? OWN}
        onChange={(value) => onLine(tabs.find((view) => view.value === value)?.line ?? '')}
        actions={
          <>
            {chosen === undefined ? (
              <Button size="compact" icon="plus" onClick={() => setSaving(true)}>
                {t('save-view')}
              </Button>
            ) : null}
            {saved === undefined ? null : (
              <IconButton
                size="compact"
                icon="trash"
                label={t('remove-view', { name: saved.name })}
                onClick={() => {
                  remove(saved.name);
                  toast(t('view-removed', { name: saved.name }), { undo: () => save(saved) });
                }}
              />
            )}
          </>
        }
      />
      <SaveDialog
        isOpen={isSaving}
        onClose={() => setSaving(false)}
        onSave={(name) => save({ name, line })}
      />
    </>
  );
}

function SaveDialog({
  isOpen,
  onClose,
  onSave,
}: {
  readonly isOpen: boolean;
  onClose(): void;
  onSave(name: string): void;
}): ReactElement {
  const t = useWords(words);
  const [name, setName] = useState('');
  const save = (): void => {
    if (name.trim() === '') return;
    onSave(name);
    setName('');
    onClose();
  };
  return (
    <Dialog
      title={t('save-view-title')}
      isOpen={isOpen}
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="primary" disabled={name.trim() === ''} onClick={save}>
            {t('save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('view-name')}
        hint={t('save-view-text')}
        value={name}
        onChange={setName}
        onEnter={save}
        maxLength={40}
        // The dialog asks for nothing else.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
      />
    </Dialog>
  );
}
