import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';

const whose = {
  of: Type.Union([Type.Literal('location'), Type.Literal('till')]),
  /** Of the location or till. */
  id: Type.String(),
  /** Within which it is unique; null for a location, which is unique in the tenant. */
  locationId: Type.Union([Type.String(), Type.Null()]),
};

/** In the same unit as the event that gave the name. */
export const nameTaken = defineEvent({
  name: 'NameTaken',
  wireName: 'comptoir.business-name.taken',
  data: Type.Object({
    ...whose,
    name: Type.String(),
    /** True for a name from before names were unique: it may stand beside the same one. */
    noted: Type.Boolean(),
  }),
});

/** Its location was closed, or the till retired: others may have the name. */
export const nameFreed = defineEvent({
  name: 'NameFreed',
  wireName: 'comptoir.business-name.freed',
  data: Type.Object({ ...whose, noted: Type.Boolean() }),
});

export const NAME_EVENTS = [nameTaken, nameFreed] as const;
export type NameEvent = EventOf<(typeof NAME_EVENTS)[number]>;
