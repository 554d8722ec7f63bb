/** One thing of an aggregate with what its area adds: figures above, the view of what it is, the story, its commands. */
import type { ReactElement, ReactNode } from 'react';
import { Page } from '../../design/page.tsx';
import { CommandBar } from '../generated/command-bar.tsx';
import { GeneratedDetail, type Thing } from '../generated/generated-detail.tsx';
import { ThingFrame } from './thing-frame.tsx';

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
  const { category, title, back } = props;
  return (
    <ThingFrame category={category} title={title} back={{ to: back, label: title }}>
      {({ id, aggregate, thing, above }) => (
        <Page
          title={props.titleOf?.(thing.state) ?? id}
          above={above}
          actions={<CommandBar aggregate={aggregate} id={id} seen={thing} />}
        >
          {props.above?.(id, thing.state)}
          <GeneratedDetail aggregate={aggregate} id={id} view={props.view} />
        </Page>
      )}
    </ThingFrame>
  );
}
