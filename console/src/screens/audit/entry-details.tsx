/** One entry of the audit trail, or several that were put together: who, what, from where, and what changed. */
import type { ReactElement } from 'react';
import { Badge, DiffView, Facts, Mono } from '../../design/index.ts';
import { formatMoment } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useActors } from '../generated/use-actors.ts';
import type { EntryGroup } from './group-reads.ts';
import { useSubjects } from './use-subjects.ts';
import { words } from './words.ts';

interface NamedProps {
  readonly id: string | null | undefined;
  name(id: string): string;
}

/** By its name, with the id below for whoever has to quote it. */
function NamedFact(props: NamedProps): ReactElement | null {
  const { id, name } = props;
  if (id === null || id === undefined) return null;
  const said = name(id);
  return (
    <span className="flex min-w-0 flex-col">
      {said === id ? null : <span dir="auto">{said}</span>}
      <Mono copy>{id}</Mono>
    </span>
  );
}

export function EntryDetails({ group }: { readonly group: EntryGroup }): ReactElement {
  const { entry } = group;
  const t = useWords(words);
  const hasChanges = entry.before !== undefined || entry.after !== undefined;
  return (
    <div className="flex flex-col gap-4">
      {entry.damaged === true ? <Badge tone="bad">{t('damaged')}</Badge> : null}
      <EntryFacts group={group} />
      {hasChanges ? (
        <section className="flex flex-col gap-2">
          <h3 className="text-14">{t('changes-title')}</h3>
          <DiffView before={entry.before ?? {}} after={entry.after ?? {}} />
        </section>
      ) : null}
      {entry.omitted === undefined ? null : (
        <p className="text-muted">{t('omitted', { reason: entry.omitted })}</p>
      )}
    </div>
  );
}

function EntryFacts({ group }: { readonly group: EntryGroup }): ReactElement {
  const { entry, count, since } = group;
  const t = useWords(words);
  const language = useLanguage();
  const actorOf = useActors();
  const subjectOf = useSubjects();
  const mono = (text: string | null | undefined): ReactElement | null =>
    text === null || text === undefined ? null : <Mono copy>{text}</Mono>;
  return (
    <Facts
      facts={[
        [
          t('column-time'),
          formatMoment(entry.recordedTime, language, { dateStyle: 'full', timeStyle: 'long' }),
        ],
        [
          t('together'),
          count === 1
            ? null
            : t('together-since', {
                count,
                time: formatMoment(since, language, { dateStyle: 'short', timeStyle: 'medium' }),
              }),
        ],
        [t('column-action'), mono(entry.action)],
        [t('column-class'), t(`class-${entry.class}`)],
        [t('seq'), entry.seq],
        [t('column-actor'), <NamedFact key="actor" id={entry.actor} name={actorOf} />],
        [
          t('approver'),
          entry.approver === undefined ? null : (
            <NamedFact key="approver" id={entry.approver} name={actorOf} />
          ),
        ],
        [
          t('column-subject'),
          entry.subject === undefined ? null : (
            <NamedFact key="subject" id={entry.subject} name={subjectOf} />
          ),
        ],
        [t('people'), mono(entry.subjects?.join(', '))],
        [t('column-count'), entry.count],
        [t('column-address'), mono(entry.address)],
        [t('route'), mono(entry.route)],
        [t('purpose'), entry.purpose],
        [t('code'), mono(entry.code)],
        [t('trace'), mono(entry.traceId)],
      ]}
    />
  );
}
