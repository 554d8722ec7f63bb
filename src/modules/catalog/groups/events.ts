import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { priceSchema } from '../../../core/money.ts';
import { texts } from '../products/events.ts';

const groupId = Type.String();

/** One choice: an extra, a doneness, a side. */
export const option = Type.Object(
  {
    optionId: Type.String({ minLength: 1, maxLength: 60 }),
    name: texts,
    /** Of one, on top of the product; minor units. */
    price: priceSchema,
  },
  { additionalProperties: false },
);

/** As a whole: each change carries all of it. */
export const groupFacts = Type.Object({
  name: texts,
  /** Fewest and most choices for one product, counted with their quantities. */
  min: Type.Integer({ minimum: 0, maximum: 50 }),
  max: Type.Integer({ minimum: 1, maximum: 50 }),
  /** In the order they are shown. */
  options: Type.Array(option, { minItems: 1, maxItems: 200 }),
});

export const groupAdded = defineEvent({
  name: 'GroupAdded',
  wireName: 'comptoir.modifier-group.added',
  data: Type.Object({ groupId, group: groupFacts }),
});

export const groupChanged = defineEvent({
  name: 'GroupChanged',
  wireName: 'comptoir.modifier-group.changed',
  data: Type.Object({ groupId, group: groupFacts }),
});

/** No longer asked, whichever products still name it. */
export const groupRetired = defineEvent({
  name: 'GroupRetired',
  wireName: 'comptoir.modifier-group.retired',
  data: Type.Object({ groupId, reason: Type.String() }),
});

export const GROUP_EVENTS = [groupAdded, groupChanged, groupRetired] as const;
export type GroupEvent = EventOf<(typeof GROUP_EVENTS)[number]>;
