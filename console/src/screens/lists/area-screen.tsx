/** An area made of aggregates: each a tab with its list and what can be made there. */
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { allows, useSession } from '../../api/session.ts';
import { EmptyState, Skeleton } from '../../design/marks.tsx';
import { Page } from '../../design/page.tsx';
import { Tabs } from '../../design/tabs.tsx';
import { useUrlState } from '../../design/url-state.ts';
import { CommandBar } from '../generated/command-bar.tsx';
import { GeneratedList } from '../generated/generated-list.tsx';
import { generatedPath, useAggregate } from '../generated/generic-calls.ts';
import { isObject } from '../generated/schema.ts';

export interface AreaTab {
  readonly key: string;
  readonly title: string;
  /** The aggregate that it lists; absent for a view of its own. */
  readonly category?: string;
  readonly view?: () => ReactNode;
  /** Where one of them is shown. */
  pathOf?(id: string): string;
  readonly empty?: { readonly title: string; readonly text: string };
}

export function AreaScreen(props: {
  readonly title: string;
  readonly tabs: readonly AreaTab[];
  readonly actions?: ReactNode;
  /** Above the tabs: what is to be known about all of them. */
  readonly note?: ReactNode;
}): ReactElement {
  const { title, tabs, actions, note } = props;
  const [chosen, choose] = useUrlState('view', tabs[0]?.key ?? '');
  const tab = tabs.find(({ key }) => key === chosen) ?? tabs[0];
  return (
    <Page title={title} actions={actions}>
      {note}
      <Tabs
        label={title}
        value={tab?.key ?? ''}
        onChange={choose}
        tabs={tabs.map(({ key, title: label }) => ({ value: key, label }))}
      />
      {tab?.view === undefined ? null : tab.view()}
      {tab?.category === undefined ? null : (
        <Listed key={tab.key} tab={tab} category={tab.category} />
      )}
    </Page>
  );
}

function Listed({
  tab,
  category,
}: {
  readonly tab: AreaTab;
  readonly category: string;
}): ReactElement | null {
  const navigate = useNavigate();
  const { permissions } = useSession();
  const aggregate = useAggregate(category);
  if (aggregate === undefined) return <Skeleton lines={6} />;
  if (aggregate === null || !allows(permissions, aggregate.scopes.read)) return null;
  const pathOf = (id: string): string =>
    tab.pathOf?.(encodeURIComponent(id)) ?? generatedPath(category, id);
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <CommandBar
          aggregate={aggregate}
          id={null}
          onDone={(answer) => {
            const made = isObject(answer) ? answer['id'] : undefined;
            if (typeof made === 'string') void navigate({ to: pathOf(made) });
          }}
        />
      </div>
      <GeneratedList
        aggregate={aggregate}
        onOpen={({ id }) => void navigate({ to: pathOf(id) })}
        {...(tab.empty === undefined
          ? {}
          : { empty: <EmptyState title={tab.empty.title} text={tab.empty.text} /> })}
      />
    </>
  );
}
