/** What an endpoint is, which input makes one, and which events it wants. */
import { Failure } from '../core/errors.ts';
import type { FieldFault } from '../core/field-faults.ts';
import { checkUrl, type Egress } from './egress/url.ts';

/** Endpoints of a tenant: each of them multiplies the deliveries of an event. */
export const ENDPOINTS_PER_TENANT_MAX = 25;
export const TYPES_PER_ENDPOINT_MAX = 50;
export const TYPE_LENGTH_MAX = 256;
export const DESCRIPTION_LENGTH_MAX = 200;

export interface TenantPlace {
  readonly bucket: number;
  readonly tenant: string;
}

export interface EndpointPlace extends TenantPlace {
  readonly endpointId: string;
}

/** Why an endpoint is disabled: somebody asked, its receiver answered 410, it failed for DISABLED_AFTER_MS. */
export type DisabledReason = 'asked' | 'gone' | 'failing';

/** Times are RFC 3339 in UTC with milliseconds, so that they compare as text. */
export interface Endpoint extends EndpointPlace {
  readonly url: string;
  /** Exact types, `prefix.*`, or `*` alone for all. */
  readonly types: readonly string[];
  readonly description: string | null;
  readonly status: 'enabled' | 'disabled';
  readonly disabledReason: DisabledReason | null;
  /** Set once a delivery failed FAILING_AFTER_TRIES times in a row, cleared by a success. */
  readonly failingSince: string | null;
  /** Only events above this position are the endpoint's. */
  readonly fromPosition: bigint;
  /** The replay that was asked for last; null until one was. */
  readonly replayId: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface EndpointInput {
  readonly url: string;
  readonly types: readonly string[];
  readonly description?: string | undefined;
}

/** The input in canonical form. Errors: INPUT_INVALID naming what is wrong. */
export function checkedEndpoint<Input extends Partial<EndpointInput>>(
  input: Input,
  egress: Egress,
): Input {
  const { url, types } = input;
  if (types !== undefined) checkTypes(types);
  if (url === undefined) return input;
  const checked = checkUrl(url, egress);
  if (checked.ok) return { ...input, url: checked.url.href };
  throw invalid('/url', `The URL ${checked.reason}.`, { code: 'URL_REFUSED' });
}

function checkTypes(types: readonly string[]): void {
  if (types.length === 0)
    throw invalid('/types', 'Name at least one type, or `*` for all.', {
      code: 'TOO_FEW_ITEMS',
      params: { limit: 1 },
    });
  if (types.length > TYPES_PER_ENDPOINT_MAX)
    throw invalid('/types', `At most ${TYPES_PER_ENDPOINT_MAX} types.`, {
      code: 'TOO_MANY_ITEMS',
      params: { limit: TYPES_PER_ENDPOINT_MAX },
    });
  const wrong = types.findIndex(
    (type) =>
      type.length > TYPE_LENGTH_MAX || !/^(?:\*|[^*\s\p{Cc}\p{Cs}]+?(?:\.\*)?)$/u.test(type),
  );
  if (wrong >= 0)
    throw invalid(`/types/${wrong}`, 'A type is exact, ends in `.*`, or is `*` alone.', {
      code: 'TYPE_FILTER',
    });
}

function invalid(at: string, message: string, fault: FieldFault): Failure {
  return new Failure('INPUT_INVALID', message, { errors: [{ at, message, ...fault }] });
}

/** Whether an endpoint with these types wants an event of a type. Made once, asked for each event. */
export function typeMatcher(types: readonly string[]): (type: string) => boolean {
  if (types.includes('*')) return () => true;
  const exact = new Set(types.filter((type) => !type.endsWith('.*')));
  const prefixes = types.filter((type) => type.endsWith('.*')).map((type) => type.slice(0, -1));
  return (type) => exact.has(type) || prefixes.some((prefix) => type.startsWith(prefix));
}
