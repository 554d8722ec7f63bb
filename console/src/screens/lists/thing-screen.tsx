/** One thing of an aggregate with what its area adds: figures above, the view of what it is, the story, its commands. */
import { useParams } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { TextLink } from '../../design/buttons.tsx';
import { ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Page } from '../../design/page.tsx';
import { CommandBar } from '../generated/command-bar.tsx';
import { GeneratedDetail, useThing, type Thing } from '../generated/generated-detail.tsx';
import { useAggregate, type AggregateItem } from '../generated/generic-calls.ts';

export interface ThingScreenProps {
  readonly category: string;
  readonly title: string;
  /** Where all of them are. */
  readonly back: string;
  titleOf?(state: Thing['state']): string | null;
  readonly above?: (id: string, state: Thing['state']) => ReactNode;
  readonly view?: (state: Thing['state']) => ReactNode;
}

export function ThingScreen(props: ThingScreenProps): ReactElement {
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
  props: ThingScreenProps & { readonly id: string; readonly aggregate: AggregateItem },
): ReactElement {
  const { id, aggregate, title, back } = props;
  const { read, thing } = useThing(aggregate, id);
  const above = <TextLink to={back}>{title}</TextLink>;
  if (thing === null)
    return (
      <Page title={title} above={above}>
        {read.error === null ? (
          <Skeleton lines={8} />
        ) : (
          <ErrorNote error={read.error} onRetry={() => void read.refetch()} />
        )}
      </Page>
    );
  return (
    <Page
      title={props.titleOf?.(thing.state) ?? id}
      above={above}
      actions={<CommandBar aggregate={aggregate} id={id} seen={thing} />}
    >
      {props.above?.(id, thing.state)}
      <GeneratedDetail aggregate={aggregate} id={id} view={props.view} />
    </Page>
  );
}
