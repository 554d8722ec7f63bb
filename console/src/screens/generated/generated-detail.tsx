/** One thing of any aggregate: what it is beside its story, with the slider of the time machine over both. */
import { useMemo, useState, type ReactElement, type ReactNode } from 'react';
import type { Operation } from '../../../../src/client/client.ts';
import { useLiveRefresh } from '../../api/live.ts';
import { ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Card } from '../../design/page.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { NamingContext, useNamesOf, type Naming } from '../../words/names/use-names.ts';
import { useTierNames } from '../loyalty/use-tier-names.ts';
import { useGenericRead, type AggregateItem } from './generic-calls.ts';
import { isObject } from './schema.ts';
import { Story } from './story.tsx';
import { useAmounts } from './use-amounts.ts';
import { ObjectView } from './value-view.tsx';
import { words } from './words.ts';

export interface GeneratedDetailProps {
  readonly aggregate: AggregateItem;
  readonly id: string;
  /** Instead of the plain list of fields. */
  readonly view?: ((state: Readonly<Record<string, unknown>>) => ReactNode) | undefined;
  /** Of the place it belongs to (IANA): moments of its story are then told as the clock there shows them. */
  readonly zone?: string | undefined;
}

/** Said by the story and the header. */
const NOT_FIELDS = new Set(['id', 'version', 'at']);

export interface Thing {
  readonly state: Readonly<Record<string, unknown>>;
  readonly version: number;
}

/** The thing as it is now, or as of the moment of the address. */
export function useThing(aggregate: AggregateItem, id: string) {
  const { at } = useAsOf();
  const query = at === null ? {} : { query: { at } };
  const read = useGenericRead(
    `GET ${aggregate.path}/{id}`,
    { params: { id }, ...query },
    { keep: true },
  );
  // safe because every aggregate of the description has these beside its list
  const [live, one, story] = [
    `GET ${aggregate.path}/live` as 'GET /v1/orders/live',
    `GET ${aggregate.path}/{id}` as Operation,
    `GET ${aggregate.path}/{id}/history` as Operation,
  ];
  useLiveRefresh(live, {}, [one, story]);
  return { read, thing: thingOf(read.data) };
}

function useThingNaming(
  { aggregate, zone }: Pick<GeneratedDetailProps, 'aggregate' | 'zone'>,
  state: Thing['state'] | undefined,
): Naming {
  const { category } = aggregate;
  const names = useNamesOf(category);
  const amounts = useAmounts(aggregate);
  const tierName = useTierNames();
  return useMemo(
    () => ({
      names,
      within: [category],
      zone,
      amounts: amounts.within(state),
      called: (field, id) =>
        field === 'tier' && category.startsWith('loyalty.') ? tierName(id) : undefined,
    }),
    [names, category, zone, amounts, state, tierName],
  );
}

export function GeneratedDetail({ aggregate, id, view, zone }: GeneratedDetailProps): ReactElement {
  const t = useWords(words);
  const { read, thing } = useThing(aggregate, id);
  const naming = useThingNaming({ aggregate, zone }, thing?.state);
  const [version, setVersion] = useState<number | null>(null);
  const past = useGenericRead(
    `GET ${aggregate.path}/{id}`,
    { params: { id }, query: { version: version ?? undefined } },
    { enabled: version !== null, keep: true },
  );
  if (read.error !== null && thing === null)
    return <ErrorNote error={read.error} onRetry={() => void read.refetch()} />;
  if (thing === null) return <Skeleton lines={8} />;
  const shown = version === null ? thing : (thingOf(past.data) ?? thing);
  return (
    <NamingContext value={naming}>
      <div className="grid min-w-0 grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <Card title={t('what-it-is')}>
          {view === undefined ? <Fields state={shown.state} /> : view(shown.state)}
        </Card>
        <Card title={t('story')}>
          <Story
            aggregate={aggregate}
            id={id}
            newest={thing.version}
            version={version}
            onVersion={setVersion}
          />
        </Card>
      </div>
    </NamingContext>
  );
}

function Fields({ state }: { readonly state: Readonly<Record<string, unknown>> }): ReactElement {
  return (
    <ObjectView
      value={Object.fromEntries(Object.entries(state).filter(([name]) => !NOT_FIELDS.has(name)))}
    />
  );
}

export function thingOf(body: unknown): Thing | null {
  if (!isObject(body)) return null;
  const { version } = body;
  return { state: body, version: typeof version === 'number' ? version : 0 };
}
