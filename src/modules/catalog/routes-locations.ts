/**
 * What the catalog has to know of a location: its clock, currency and languages. Read from the log by the name of its
 * category, since this module does not import that one; what stands there is checked before it is used.
 */
import type { Clock } from '../../core/clock.ts';
import { CURRENCIES, type Currency } from '../../core/money.ts';
import { unknownId } from '../../http/moments.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';

export interface LocationFacts {
  readonly timeZone: string;
  readonly currency: Currency;
  readonly languages: readonly string[];
}

/** Clock and currency of a location never change; its languages may, and a second later everybody sees them. */
const KEPT_MS = 1000;
const KEPT_MAX = 1000;

/** Errors: NOT_FOUND for a location that is unknown, closed or of another tenant. */
export function createLocationReader(
  { load }: Pick<Pipeline, 'load'>,
  clock: Clock,
): (tenant: string, locationId: string) => Promise<LocationFacts> {
  const kept = new Map<string, { readonly facts: LocationFacts; readonly untilMs: number }>();
  return async (tenant, locationId) => {
    const key = `${tenant}\0${locationId}`;
    const held = kept.get(key);
    if (held !== undefined && clock.nowMs() < held.untilMs) return held.facts;
    const facts = factsOf((await load(tenant, 'business.locations', locationId)).state);
    if (facts === null) throw unknownId();
    if (kept.size >= KEPT_MAX) kept.clear();
    kept.set(key, { facts, untilMs: clock.nowMs() + KEPT_MS });
    return facts;
  };
}

function factsOf(state: unknown): LocationFacts | null {
  if (typeof state !== 'object' || state === null) return null;
  if (!('status' in state) || state.status !== 'open') return null;
  if (!('timeZone' in state) || typeof state.timeZone !== 'string') return null;
  if (!('currency' in state) || !isCurrency(state.currency)) return null;
  const languages = 'languages' in state && Array.isArray(state.languages) ? state.languages : [];
  const { timeZone, currency } = state;
  const texts = languages.filter((each): each is string => typeof each === 'string');
  return { timeZone, currency, languages: texts };
}

function isCurrency(value: unknown): value is Currency {
  return typeof value === 'string' && Object.hasOwn(CURRENCIES, value);
}
