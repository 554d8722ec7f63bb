/** What a programme gives for what: the rules of one version. Plain data; the functions beside this file apply them. */
import { Type, type Static } from 'typebox';
import { currencySchema, MINOR_UNITS } from '../../../core/money.ts';

/** As a label of a rule, a tier or a segment. */
const word = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' });
const id = Type.String({ minLength: 1, maxLength: 128 });
const orNull = <Schema extends typeof id>(schema: Schema) => Type.Union([schema, Type.Null()]);
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', format: 'date' });
const closed = { additionalProperties: false } as const;

/** Bounds that keep every product of an amount with them exact: see `shares.ts`. */
const POINTS_PER_MAX = 1000;
const PERCENT_MAX = 1000;
const PER_AMOUNT_MAX = 1_000_000;

/** Rates and bonuses are gone through for each line of each payment. */
const RATES_MAX = 200;
const BONUSES_MAX = 50;
const TIERS_MAX = 10;

export const segmentSchema = word;

const rate = Type.Object(
  {
    /** One of both is given; that of the product wins. */
    productId: orNull(id),
    categoryId: orNull(id),
    /** Instead of the points of the rule; 0 earns nothing. */
    points: Type.Integer({ minimum: 0, maximum: POINTS_PER_MAX }),
  },
  closed,
);

const bonus = Type.Object(
  {
    bonusId: word,
    /** 200 doubles. Of all bonuses that apply to a line the highest counts. */
    percent: Type.Integer({ minimum: 100, maximum: PERCENT_MAX }),
    /** All that are not null must hold. */
    segment: orNull(word),
    productId: orNull(id),
    categoryId: orNull(id),
    /** 1 is Monday, 7 Sunday, of the business day. */
    weekday: Type.Union([Type.Integer({ minimum: 1, maximum: 7 }), Type.Null()]),
    /** Business days, both inclusive. */
    from: orNull(day),
    to: orNull(day),
  },
  closed,
);

const count = Type.Integer({ minimum: 0, maximum: 120 });

/** Counted from the day on which points may be used. Points are good on the day they expire, and gone the day after. */
export const expirySchema = Type.Union([
  Type.Object({ kind: Type.Literal('never') }, closed),
  /** 31 January and one month is the last of February. */
  Type.Object({ kind: Type.Literal('months'), months: count }, closed),
  /** The last day of the month that lies this many months later. */
  Type.Object({ kind: Type.Literal('end-of-month'), months: count }, closed),
  Type.Object(
    { kind: Type.Literal('end-of-year'), years: Type.Integer({ minimum: 0, maximum: 10 }) },
    closed,
  ),
]);
export type Expiry = Static<typeof expirySchema>;

const tierName = Type.String({ minLength: 1, maxLength: 60 });

const tier = Type.Object(
  {
    tierId: word,
    name: tierName,
    /** In further languages, by their tags: who reads none of them sees `name`. */
    names: Type.Optional(
      Type.Record(Type.String({ pattern: '^[a-z]{2}(-[A-Z]{2})?$' }), tierName, {
        additionalProperties: false,
        maxProperties: 20,
      }),
    ),
    /** Points or minor units within the window. */
    threshold: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
    /** Of what is earned in this tier: 150 is half as much again. */
    percent: Type.Integer({ minimum: 100, maximum: PERCENT_MAX }),
  },
  closed,
);

export const rulesSchema = Type.Object(
  {
    /** Only payments in it earn and pay; null takes all of them by their minor units. */
    currency: Type.Union([currencySchema, Type.Null()]),
    /** Where days begin: IANA name. */
    timeZone: Type.String({ minLength: 1, maxLength: 64 }),
    earning: Type.Object(
      {
        points: Type.Integer({ minimum: 0, maximum: POINTS_PER_MAX }),
        /** Minor units for which these points are given. */
        perAmount: Type.Integer({ minimum: 1, maximum: PER_AMOUNT_MAX, ...MINOR_UNITS }),
        rates: Type.Array(rate, { maxItems: RATES_MAX }),
        bonuses: Type.Array(bonus, { maxItems: BONUSES_MAX }),
      },
      closed,
    ),
    /** What points are worth when they are used: so many points for so many minor units, rounded down. */
    pointValue: Type.Object(
      {
        points: Type.Integer({ minimum: 1, maximum: 100_000 }),
        amount: Type.Integer({ minimum: 1, maximum: 100_000, ...MINOR_UNITS }),
      },
      closed,
    ),
    /** Days after which points that were earned may be used. */
    pendingDays: Type.Integer({ minimum: 0, maximum: 366 }),
    expiry: expirySchema,
    tiers: Type.Object(
      {
        by: Type.Union([Type.Literal('points'), Type.Literal('spend')]),
        /** Calendar months that count, the current one included. */
        months: Type.Integer({ minimum: 1, maximum: 36 }),
        /** Days that a tier is kept after its threshold is no longer reached. */
        graceDays: Type.Integer({ minimum: 0, maximum: 366 }),
        /** By rising threshold; below the first one a member is `standard`. */
        levels: Type.Array(tier, { maxItems: TIERS_MAX }),
      },
      closed,
    ),
    /** Whether customers become members by themselves when they are registered. */
    autoEnrol: Type.Boolean(),
  },
  closed,
);
export type Rules = Static<typeof rulesSchema>;
export type Tier = Rules['tiers']['levels'][number];

/** The tier below all thresholds. */
export const STANDARD_TIER = 'standard';

/** In force until the tenant sets its own: a point for each whole unit, worth a hundredth of one, for two years. */
export const DEFAULT_RULES: Rules = {
  currency: null,
  timeZone: 'UTC',
  earning: { points: 1, perAmount: 100, rates: [], bonuses: [] },
  pointValue: { points: 1, amount: 1 },
  pendingDays: 0,
  expiry: { kind: 'months', months: 24 },
  tiers: { by: 'points', months: 12, graceDays: 30, levels: [] },
  autoEnrol: false,
};
