/** How a lead can be reached, and where it came from: shared by sessions and leads. */
import { Type, type Static } from 'typebox';
import { channel } from './quizzes/definition.ts';

/** A personal field: null once the person is erased. */
export const personal = <Schema extends ReturnType<typeof Type.String>>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

/** As it comes in; at least one of them. */
export const contactInput = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
    /** E.164: a plus sign and at most 15 digits. */
    phone: Type.Optional(Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$' })),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type Contact = Static<typeof contactInput>;

/** As it stands in events. */
export const contactFields = {
  name: Type.Optional(personal(Type.String())),
  email: Type.Optional(personal(Type.String())),
  phone: Type.Optional(personal(Type.String())),
};
export const CONTACT_POINTERS = ['/name', '/email', '/phone'] as const;

/** What was agreed to, word for word; when, the event says. */
export const consentGiven = Type.Object(
  { channel, wording: Type.String({ minLength: 1, maxLength: 2000 }) },
  { additionalProperties: false },
);
export type ConsentGiven = Static<typeof consentGiven>;

const label = Type.Optional(Type.String({ minLength: 1, maxLength: 200 }));

/** What led here: the parameters that advertisements add to an address, and the page before. */
export const attribution = Type.Object(
  {
    utmSource: label,
    utmMedium: label,
    utmCampaign: label,
    utmTerm: label,
    utmContent: label,
    referrer: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
  },
  { additionalProperties: false },
);
export type Attribution = Static<typeof attribution>;

/** Without the query and fragment of the referrer: what stands there may be about a person. */
export function plainAttribution(given: Attribution): Attribution {
  const { referrer, ...utm } = given;
  const page = referrer?.split(/[?#]/)[0] ?? '';
  return page === '' ? utm : { ...utm, referrer: page };
}
