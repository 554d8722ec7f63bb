/** `/m`, `/m/$module/$aggregate` and `/m/$module/$aggregate/$id`: everything that has no screen made by hand. */
import { useNavigate, useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { TextLink, LinkButton } from '../../design/buttons.tsx';
import { EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Card, Page } from '../../design/page.tsx';
import { Mono } from '../../design/texts.tsx';
import { useWords } from '../../words/language.ts';
import { readable } from '../../words/names/readable.ts';
import { useEveryName, useNamesOf } from '../../words/names/use-names.ts';
import { CommandBar } from './command-bar.tsx';
import { GeneratedDetail, useThing } from './generated-detail.tsx';
import { GeneratedList } from './generated-list.tsx';
import { categoryOf, generatedPath, useAggregate, type AggregateItem } from './generic-calls.ts';
import { isObject } from './schema.ts';
import { words } from './words.ts';

export function GeneratedIndexScreen(): ReactElement {
  const t = useWords(words);
  const namesOf = useEveryName();
  const { permissions } = useSession();
  const modules = useRead('GET /v1/modules', {});
  return (
    <Page title={t('all-data')}>
      <p className="text-muted">{t('all-data-text')}</p>
      {modules.error === null ? null : (
        <ErrorNote error={modules.error} onRetry={() => void modules.refetch()} />
      )}
      {modules.data === undefined && modules.error === null ? <Skeleton lines={8} /> : null}
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {(modules.data?.items ?? [])
          .map((module) => ({
            ...module,
            aggregates: module.aggregates.filter(({ scopes }) => allows(permissions, scopes.read)),
          }))
          .filter(({ aggregates }) => aggregates.length > 0)
          .map((module) => (
            <Card key={module.name} title={namesOf(module.name).module() ?? module.title}>
              <p className="pb-2 text-13 text-muted">
                {namesOf(module.name).moduleSummary() ?? module.summary}
              </p>
              <ul className="flex flex-col gap-1">
                {module.aggregates.map(({ category, singular }) => (
                  <li key={category}>
                    <TextLink to={generatedPath(category)}>
                      {namesOf(module.name).many(category) ?? readable(singular)}
                    </TextLink>
                  </li>
                ))}
              </ul>
            </Card>
          ))}
      </div>
    </Page>
  );
}

/** The aggregate that the address names. */
function useNamed(): { readonly aggregate: AggregateItem | null | undefined; readonly id: string } {
  // safe because these screens stand at addresses with these names
  const named = useParams({ strict: false }) as Readonly<Record<string, string>>;
  const { module = '', aggregate = '', id = '' } = named;
  return { aggregate: useAggregate(categoryOf(module, aggregate)), id };
}

function Unknown(): ReactElement {
  const t = useWords(words);
  return (
    <Page title={t('unknown-title')}>
      <EmptyState
        title={t('unknown-title')}
        text={t('unknown-text')}
        action={<LinkButton to="/m">{t('all-data')}</LinkButton>}
      />
    </Page>
  );
}

export function GeneratedListScreen(): ReactElement {
  const t = useWords(words);
  const navigate = useNavigate();
  const { aggregate } = useNamed();
  const names = useNamesOf(aggregate?.category ?? '');
  if (aggregate === null) return <Unknown />;
  if (aggregate === undefined) return <Skeleton className="p-6" lines={8} />;
  const { category } = aggregate;
  return (
    <Page
      title={names.many(category) ?? readable(category.split('.').at(-1) ?? category)}
      above={<TextLink to="/m">{t('all-data')}</TextLink>}
      actions={
        <CommandBar
          aggregate={aggregate}
          id={null}
          onDone={(answer) => {
            const made = isObject(answer) ? answer['id'] : undefined;
            if (typeof made === 'string') void navigate({ to: generatedPath(category, made) });
          }}
        />
      }
    >
      <GeneratedList aggregate={aggregate} />
    </Page>
  );
}

export function GeneratedDetailScreen(): ReactElement {
  const { aggregate, id } = useNamed();
  if (aggregate === null) return <Unknown />;
  if (aggregate === undefined) return <Skeleton className="p-6" lines={8} />;
  return <DetailPage key={id} aggregate={aggregate} id={id} />;
}

function DetailPage({
  aggregate,
  id,
}: {
  readonly aggregate: AggregateItem;
  readonly id: string;
}): ReactElement {
  const t = useWords(words);
  const { thing } = useThing(aggregate, id);
  const { category, singular } = aggregate;
  const names = useNamesOf(category);
  const name = thing?.state['name'] ?? thing?.state['title'];
  return (
    <Page
      title={textOf(name) ?? names.one(category) ?? readable(singular)}
      above={
        <span className="flex flex-wrap items-center gap-2">
          <TextLink to={generatedPath(category)}>
            {names.many(category) ?? readable(category.split('.').at(-1) ?? category)}
          </TextLink>
          <Mono copy>{id}</Mono>
        </span>
      }
      actions={
        <>
          <CommandBar aggregate={aggregate} id={id} seen={thing ?? undefined} />
          <LinkButton icon="events" to={`/streams/${category}/${encodeURIComponent(id)}`}>
            {t('show-events')}
          </LinkButton>
        </>
      }
    >
      <GeneratedDetail aggregate={aggregate} id={id} />
    </Page>
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
