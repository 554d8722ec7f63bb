/** What is written by itself, as it is typed. Pure. */

export const USES = [
  'booking-confirmed',
  'booking-changed',
  'booking-reminder',
  'waitlist-offer',
  'order-ready',
  'receipt',
  'lead-follow-up',
  'double-opt-in',
] as const;
export type Use = (typeof USES)[number];

export interface Way {
  readonly senderId: string;
  readonly templateId: string;
}

export interface UseTerms {
  readonly use: Use;
  /** In order of preference; without one it is asked for and not served. */
  readonly ways: readonly Way[];
}

/** As the server takes them: from WhatsApp to e-mail to SMS. */
export const WAYS_MAX = 3;
export const REMINDER_HOURS = { min: 1, max: 168, first: 24 } as const;

export interface NoticesValue {
  readonly uses: readonly UseTerms[];
  readonly reminderHours: number | null;
  readonly linkBase: string;
}

/** Of a business that set nothing. */
export const NOTHING_SET: NoticesValue = {
  uses: [],
  reminderHours: REMINDER_HOURS.first,
  linkBase: '',
};

export function waysOf(value: NoticesValue, use: Use): readonly Way[] {
  return value.uses.find((each) => each.use === use)?.ways ?? [];
}

/** A use without ways is not written at all. */
export function withWays(value: NoticesValue, use: Use, ways: readonly Way[]): NoticesValue {
  const others = value.uses.filter((each) => each.use !== use);
  const uses = ways.length === 0 ? others : [...others, { use, ways }];
  return { ...value, uses: uses.toSorted((a, b) => USES.indexOf(a.use) - USES.indexOf(b.use)) };
}

const LINK_BASE = /^https?:\/\/[^\s/?#]{1,200}$/;

export type NoticesFault = 'hours' | 'link' | 'way';

export function noticesFault({ uses, reminderHours, linkBase }: NoticesValue): NoticesFault | null {
  const { min, max } = REMINDER_HOURS;
  const isWhole = reminderHours !== null && Number.isInteger(reminderHours);
  if (!isWhole || reminderHours < min || reminderHours > max) return 'hours';
  if (linkBase.trim() !== '' && !LINK_BASE.test(linkBase.trim())) return 'link';
  const ways = uses.flatMap((each) => each.ways);
  const isOpen = ways.some(({ senderId, templateId }) => senderId === '' || templateId === '');
  return isOpen ? 'way' : null;
}
