/** Who books: the fields of the form, and what is wrong with them. Pure. */
import type { Form } from '../form.ts';
import type { BookWords } from '../words/words.ts';

/** Those of the reservation. */
export const NAME_LENGTH_MAX = 200;
export const NOTE_LENGTH_MAX = 1_000;
const EMAIL_LENGTH_MAX = 254;

export const CONTACT_FIELDS = ['name', 'email', 'phone', 'note', 'consent', 'website'] as const;

export type ContactField = 'name' | 'email' | 'phone' | 'note' | 'consent';
export type Faults = Readonly<Partial<Record<ContactField, string>>>;

export interface ContactGiven {
  readonly contact: { readonly name: string; readonly email?: string; readonly phone?: string };
  readonly note: string | null;
}

export type ContactRead =
  | { readonly kind: 'given'; readonly given: ContactGiven }
  | { readonly kind: 'faulty'; readonly faults: Faults };

const EMAIL =
  /^[^\s@"<>(),;:\\[\]]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/;
/** E.164, after the marks that people write between digits were taken out. */
const PHONE = /^\+[1-9]\d{6,14}$/;

/** Whether anything of who comes was filled in. */
export function isNamed(form: Form): boolean {
  return ['name', 'email', 'phone'].some((name) => (form.get(name) ?? '') !== '');
}

/** Without `consent` where a hold is asked for: it is given with the booking. */
export function contactOf(form: Form, words: BookWords, { consent = true } = {}): ContactRead {
  const name = form.get('name') ?? '';
  const email = form.get('email') ?? '';
  const phone = (form.get('phone') ?? '').replaceAll(/[\s().\-/]/g, '').replace(/^00/, '+');
  const note = form.get('note') ?? '';
  const faults: { -readonly [Field in ContactField]?: string } = {};
  if (name === '') faults.name = words.needName;
  else if (name.length > NAME_LENGTH_MAX) faults.name = words.tooLong;
  if (email === '' && phone === '') faults.email = words.needReach;
  if (email !== '' && !isEmail(email)) faults.email = words.badEmail;
  if (phone !== '' && !PHONE.test(phone)) faults.phone = words.badPhone;
  if (note.length > NOTE_LENGTH_MAX) faults.note = words.tooLong;
  if (consent && form.get('consent') !== 'yes') faults.consent = words.needConsent;
  if (Object.keys(faults).length > 0) return { kind: 'faulty', faults };
  const contact = {
    name,
    ...(email === '' ? {} : { email }),
    ...(phone === '' ? {} : { phone }),
  };
  return { kind: 'given', given: { contact, note: note === '' ? null : note } };
}

/** What tells one contact from another: case and spelling aside. */
export function reachOf({ email, phone }: ContactGiven['contact']): string {
  return email?.toLowerCase() ?? phone ?? '';
}

export function isEmail(text: string): boolean {
  return text.length <= EMAIL_LENGTH_MAX && EMAIL.test(text);
}
