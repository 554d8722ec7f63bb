/** Whether data tells about a person, and whom, by the marks of its type. Pure. */
import type { PersonalMarks } from '../core/event-type.ts';

/** Whether a marked field is there and not null: those of an erased person are null. */
export function holdsPersonalFields(marks: PersonalMarks, data: unknown): boolean {
  return marks.fields.some((pointer) => {
    const value = valueAt(data, pointer);
    return value !== undefined && value !== null;
  });
}

/** Id of the person that the data is about, null when it names none. */
export function personOf(marks: PersonalMarks, data: unknown): string | null {
  const person = valueAt(data, marks.person);
  return typeof person === 'string' ? person : null;
}

/** The value at a JSON Pointer (RFC 6901), undefined when there is none. */
function valueAt(data: unknown, pointer: string): unknown {
  let value = data;
  for (const token of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined;
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    // safe because members are only read, own ones only
    value = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  }
  return value;
}
