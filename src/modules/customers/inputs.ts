/** Input schemas of what a customer may be found by. */
import { Type } from 'typebox';

export const email = Type.String({ format: 'email', maxLength: 254 });
/** E.164: a plus sign and at most 15 digits. */
export const E164 = '^\\+[1-9][0-9]{6,14}$';
export const phone = Type.String({
  pattern: E164,
  description: 'E.164 with country code, such as +48123456789.',
});
export const language = Type.String({ pattern: '^[a-z]{2}(-[A-Z]{2})?$' });
/** IANA, such as Europe/Warsaw; which there are is known where it is decided. */
export const timeZone = Type.String({
  minLength: 1,
  maxLength: 64,
  description:
    'As the IANA database names it, such as Europe/Warsaw: nobody is written to in the night there.',
});
export const tag = Type.String({ minLength: 1, maxLength: 40, pattern: '^\\S(?:.*\\S)?$' });
