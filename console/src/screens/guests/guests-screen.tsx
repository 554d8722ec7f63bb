/** All guests: looked for, by segment, and those that may be the same person. */
import { useState, type ReactElement } from 'react';
import { client } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { Button, IconButton } from '../../design/buttons.tsx';
import { Menu } from '../../design/menus.tsx';
import { Page } from '../../design/page.tsx';
import { Tabs } from '../../design/tabs.tsx';
import { useProblemToast } from '../../design/problem-toast.ts';
import { useUrlState } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { saveFile } from '../today/save-file.ts';
import { AllGuests } from './all-guests.tsx';
import { DuplicatesView } from './duplicates-view.tsx';
import { GuestDialog } from './guest-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { SegmentsView } from './segments-view.tsx';
import { useLimits } from '../lists/use-limits.ts';
import { words } from './words.ts';

const VIEWS = ['all', 'segments', 'duplicates'] as const;
type View = (typeof VIEWS)[number];

export function GuestsScreen(): ReactElement {
  const t = useWords(words);
  const [chosen, choose] = useUrlState('view', 'all');
  const view: View = VIEWS.find((each) => each === chosen) ?? 'all';
  return (
    <Page title={t('title')} actions={<Actions />}>
      <Tabs
        label={t('view')}
        value={view}
        onChange={choose}
        tabs={VIEWS.map((value) => ({ value, label: t(value) }))}
      />
      {view === 'all' ? <AllGuests /> : null}
      {view === 'segments' ? <SegmentsView /> : null}
      {view === 'duplicates' ? <DuplicatesView /> : null}
    </Page>
  );
}

function Actions(): ReactElement {
  const t = useWords(words);
  const { permissions } = useSession();
  const limits = useLimits()('customers:write');
  const [open, setOpen] = useState<'new' | 'import' | null>(null);
  const told = useProblemToast();
  const save = async (): Promise<void> => {
    const { body } = await client.call('GET /v1/customers/export.csv', {});
    saveFile({ name: 'guests.csv', type: 'text/csv', text: body });
  };
  return (
    <>
      <Menu
        trigger={<IconButton kind="quiet" icon="more" label={t('more')} />}
        items={[
          { label: t('import'), icon: 'upload', ...limits, onSelect: () => setOpen('import') },
          {
            label: t('export'),
            icon: 'download',
            disabled: !allows(permissions, 'persons:read'),
            reason: t('not-allowed'),
            onSelect: () => void save().catch(told),
          },
        ]}
      />
      <Button kind="primary" icon="person-add" {...limits} onClick={() => setOpen('new')}>
        {t('new')}
      </Button>
      {open === 'new' ? <GuestDialog guest={null} onClose={() => setOpen(null)} /> : null}
      {open === 'import' ? <ImportDialog onClose={() => setOpen(null)} /> : null}
    </>
  );
}
