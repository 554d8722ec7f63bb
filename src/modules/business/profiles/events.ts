import { Type, type Static } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { postalAddress } from '../locations/events.ts';

const profileId = Type.String();

/** Lines of text above and below what was bought; the line that every receipt must have is none of them. */
export const receiptTexts = Type.Object({
  header: Type.Array(Type.String()),
  footer: Type.Array(Type.String()),
});

/** The business as a whole: each change carries all of it, so that a reader needs one event. */
export const profileFacts = Type.Object({
  legalName: Type.String(),
  /** What stands over the door, where it is another name. */
  tradeName: Type.Union([Type.String(), Type.Null()]),
  /** ISO 3166-1 alpha-2: where it pays its taxes. */
  country: Type.String(),
  taxId: Type.Union([Type.String(), Type.Null()]),
  address: Type.Union([postalAddress, Type.Null()]),
  /** Id of an image of the gallery. */
  logoId: Type.Union([Type.String(), Type.Null()]),
  receipt: receiptTexts,
});
export type ProfileFacts = Static<typeof profileFacts>;

export const profileSetUp = defineEvent({
  name: 'ProfileSetUp',
  wireName: 'comptoir.business.profile-set-up',
  data: Type.Object({ profileId, profile: profileFacts }),
});

export const profileChanged = defineEvent({
  name: 'ProfileChanged',
  wireName: 'comptoir.business.profile-changed',
  data: Type.Object({ profileId, profile: profileFacts }),
});

export const PROFILE_EVENTS = [profileSetUp, profileChanged] as const;
export type ProfileEvent = EventOf<(typeof PROFILE_EVENTS)[number]>;
