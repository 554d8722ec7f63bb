/** A segment's filter as a line of words. Pure but for the words. */
import type { SegmentFilter } from './guest-types.ts';
import type { words } from './words.ts';

type Say = (key: keyof typeof words.en) => string;

export function segmentLine(filter: SegmentFilter, say: Say): string {
  const list = (
    key: keyof typeof words.en,
    values: readonly string[] | undefined,
  ): readonly string[] =>
    values === undefined || values.length === 0 ? [] : [`${say(key)}: ${values.join(', ')}`];
  const parts = [
    ...(filter.kind === undefined ? [] : [say(filter.kind)]),
    ...list('segment-languages', filter.languages),
    ...list('segment-all', filter.tagsAll),
    ...list('segment-any', filter.tagsAny),
    ...list('segment-none', filter.tagsNone),
    ...list(
      'segment-consents',
      filter.consents?.map((channel) => say(`channel-${channel}`)),
    ),
    ...(filter.registeredFrom === undefined
      ? []
      : [`${say('segment-from')} ${filter.registeredFrom.slice(0, 10)}`]),
    ...(filter.registeredTo === undefined
      ? []
      : [`${say('segment-to')} ${filter.registeredTo.slice(0, 10)}`]),
  ];
  return parts.length === 0 ? say('segment-everybody') : parts.join(' · ');
}
