/** How somebody may be reached. Personal: sealed with the person's key in events, in none of the day streams. */
import { Type, type Static } from 'typebox';

/** E.164: a plus sign, the country code, at most 15 digits. A number without country code is refused as input. */
export const phone = Type.String({
  pattern: '^\\+[1-9][0-9]{6,14}$',
  description: 'E.164 with country code, such as +48123456789.',
});
const email = Type.String({ format: 'email', maxLength: 254 });

export const contactInput = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    phone: Type.Optional(phone),
    email: Type.Optional(email),
  },
  { additionalProperties: false },
);

/** As in events: null once the person is erased. */
export const contactData = Type.Union([
  Type.Object({
    name: Type.String(),
    phone: Type.Optional(Type.String()),
    email: Type.Optional(Type.String()),
  }),
  Type.Null(),
]);
export type Contact = Static<typeof contactData>;

export const textOrNull = Type.Union([Type.String(), Type.Null()]);

/** As lists have it, in small letters: whoever asks what is kept about them writes it as they please. The stream has it as given. */
export function listedEmail(contact: Contact): string | null {
  return contact?.email?.toLowerCase() ?? null;
}
