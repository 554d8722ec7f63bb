/** Whom the events of the demo are about: the ids at the places that event types mark. */
import type { PersonalMarks } from '../core/event-type.ts';
import type { StoredEvent } from '../core/event.ts';
import type { LogReader } from '../log/log.ts';
import { DEMO_TENANT } from './seed-demo.ts';

const PAGE = 1000;

export async function personsOfDemo(
  log: Pick<LogReader, 'find'>,
  marksOf: (event: StoredEvent) => PersonalMarks | undefined,
): Promise<ReadonlySet<string>> {
  const persons = new Set<string>();
  for (let after = 0n; ;) {
    const page = await log.find({ tenant: DEMO_TENANT, after, limit: PAGE });
    for (const event of page.events) {
      const person = personOf(event, marksOf(event));
      if (person !== null) persons.add(person);
    }
    if (!page.more) return persons;
    after = page.nextAfter;
  }
}

/** Without a pointer it is the event's subject, as for sealing. */
function personOf(event: StoredEvent, marks: PersonalMarks | undefined): string | null {
  if (marks === undefined || marks.fields.length === 0) return null;
  if (marks.person === '') return event.subject;
  let found: unknown = JSON.parse(new TextDecoder().decode(event.data));
  for (const part of marks.person.slice(1).split('/')) {
    if (typeof found !== 'object' || found === null) return null;
    // safe because it is an object, and an absent member is undefined
    found = (found as Readonly<Record<string, unknown>>)[unescaped(part)];
  }
  return typeof found === 'string' ? found : null;
}

/** RFC 6901, section 4. */
function unescaped(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
