/** What a segment asks of a customer. A typed filter over the list of customers: evaluated when it is read, never stored. */
import { Type, type Static } from 'typebox';
import type { CustomerRow } from '../read-models/customer-list.ts';
import { language, tag } from '../inputs.ts';
import { channel, customerKind } from '../shapes.ts';

/** Longer lists are several segments. */
const LIST_MAX = 20;
const tags = Type.Array(tag, { minItems: 1, maxItems: LIST_MAX, uniqueItems: true });
const moment = Type.String({ format: 'date-time' });

export const segmentFilter = Type.Object(
  {
    kind: Type.Optional(customerKind),
    /** One of these. */
    languages: Type.Optional(
      Type.Array(language, { minItems: 1, maxItems: LIST_MAX, uniqueItems: true }),
    ),
    /** All of these, one of these, none of these. */
    tagsAll: Type.Optional(tags),
    tagsAny: Type.Optional(tags),
    tagsNone: Type.Optional(tags),
    /** Consent for all of these. */
    consents: Type.Optional(Type.Array(channel, { minItems: 1, uniqueItems: true })),
    /** Inclusive, exclusive. */
    registeredFrom: Type.Optional(moment),
    registeredTo: Type.Optional(moment),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type SegmentFilter = Static<typeof segmentFilter>;

/** Whether an active customer is in the segment. Times are compared as times, whatever their zone. */
export function isInSegment(filter: SegmentFilter, row: CustomerRow): boolean {
  const held = row.tags ?? [];
  const { tagsAll = [], tagsAny, tagsNone = [], consents = [], languages, kind } = filter;
  return (
    row.status === 'active' &&
    (kind === undefined || row.kind === kind) &&
    (languages === undefined || languages.includes(row.language)) &&
    tagsAll.every((each) => held.includes(each)) &&
    (tagsAny === undefined || tagsAny.some((each) => held.includes(each))) &&
    !tagsNone.some((each) => held.includes(each)) &&
    consents.every((each) => row.consents.includes(each)) &&
    isBetween(row.registered_at, filter)
  );
}

function isBetween(at: string, { registeredFrom, registeredTo }: SegmentFilter): boolean {
  const time = Date.parse(at);
  return (
    (registeredFrom === undefined || time >= Date.parse(registeredFrom)) &&
    (registeredTo === undefined || time < Date.parse(registeredTo))
  );
}
