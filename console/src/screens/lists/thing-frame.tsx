/** The frame of a screen about one thing: what stands there while it is read, where it is not, and when that fails. */
import { useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { TextLink } from '../../design/buttons.tsx';
import { EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Page } from '../../design/page.tsx';
import { useWords } from '../../words/language.ts';
import { useThing, type Thing } from '../generated/generated-detail.tsx';
import { useAggregate, type AggregateItem } from '../generated/generic-calls.ts';
import { words } from './thing-words.ts';

/** What is shown once it was read. */
export interface ThingShown {
  readonly id: string;
  readonly aggregate: AggregateItem;
  readonly thing: Thing;
  /** The link to where all of them are, for the line above the title. */
  readonly above: ReactElement;
}

export interface ThingFrameProps {
  readonly category: string;
  /** Of the screen until the thing says its own. */
  readonly title: string;
  /** Where all of them are. */
  readonly back: { readonly to: string; readonly label: string };
  /** The whole page; a component of its own, since it is called only once the thing is there. */
  children(shown: ThingShown): ReactElement;
}

const NOT_FOUND = 404;

export function ThingFrame(props: ThingFrameProps): ReactElement {
  const { id = '' } = useParams({ strict: false });
  const aggregate = useAggregate(props.category);
  if (aggregate === undefined || aggregate === null)
    return (
      <Page title={props.title}>
        <Skeleton lines={8} />
      </Page>
    );
  return <OfThing key={id} id={id} aggregate={aggregate} {...props} />;
}

function OfThing(
  props: ThingFrameProps & { readonly id: string; readonly aggregate: AggregateItem },
): ReactElement {
  const t = useWords(words);
  const { id, aggregate, title, back, children } = props;
  const { read, thing } = useThing(aggregate, id);
  const above = <TextLink to={back.to}>{back.label}</TextLink>;
  if (thing !== null) return children({ id, aggregate, thing, above });
  return (
    <Page title={title} above={above}>
      {read.error === null ? <Skeleton lines={8} /> : null}
      {read.error?.status === NOT_FOUND ? (
        <EmptyState icon="search" title={t('none-title')} text={t('none-text')} />
      ) : null}
      {read.error !== null && read.error.status !== NOT_FOUND ? (
        <ErrorNote error={read.error} onRetry={() => void read.refetch()} />
      ) : null}
    </Page>
  );
}
