/**
 * Phones as people write them become E.164 here, before anything is decided: with the country code, or with `country`.
 * A number with neither is refused by name; guessing a country would write to a stranger.
 */
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { commandRoutes } from '../../http/modules/command-routes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { invalid } from '../../http/query-input.ts';
import type { BodyDescription, Call, JsonSchema, Route } from '../../http/route.ts';
import { addIdentifier } from './commands-identifiers.ts';
import { changeContact, registerCustomer } from './commands.ts';
import { E164 } from './inputs.ts';
import { mountedCustomers } from './routes-lookup.ts';

const IS_E164 = new RegExp(E164);
const WRITTEN_LENGTH_MAX = 40;

/** The number in E.164. Errors: INPUT_INVALID that names `at`. */
export function phoneOf(
  written: string,
  { at, country }: { readonly at: string; readonly country?: string | undefined },
): string {
  const text = written.trim();
  if (IS_E164.test(text)) return text;
  if (text.length > WRITTEN_LENGTH_MAX) throw invalid(at, 'is no phone number.', 'NO_PHONE_NUMBER');
  if (country !== undefined && !isSupportedCountry(country))
    throw invalid('/country', 'must be a country of ISO 3166, such as PL.', 'COUNTRY_UNKNOWN');
  if (!text.startsWith('+') && country === undefined)
    throw invalid(
      at,
      'needs its country code, such as +48 601 234 567, or `country` beside it.',
      'COUNTRY_CODE_MISSING',
    );
  const parsed = parsePhoneNumberFromString(text, country);
  if (parsed === undefined || !parsed.isPossible() || !IS_E164.test(parsed.number))
    throw invalid(at, 'is no phone number.', 'NO_PHONE_NUMBER');
  return parsed.number;
}

/** The derived routes of the commands that take a phone, but for how it may be written. */
export function phoneRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  const derived = commandRoutes(deps, mountedCustomers(deps));
  const named = (name: string): readonly Route[] =>
    derived.filter(
      ({ operationId }) => operationId === name.charAt(0).toLowerCase() + name.slice(1),
    );
  return [
    ...[registerCustomer, changeContact].flatMap(({ name }) =>
      named(name).map((route) => withPhone(route, 'phone')),
    ),
    ...named(addIdentifier.name).map((route) => withPhone(route, 'value')),
  ];
}

function withPhone(route: Route, member: 'phone' | 'value'): Route {
  const { handle, body } = route;
  if (handle === undefined || body === undefined) return route;
  return {
    ...route,
    description:
      `${route.description ?? ''} A phone may be written with spaces; without a country code it needs ` +
      '`country` (ISO 3166, such as PL) beside it.',
    body: described(body, member),
    handle: (call: Call) => handle({ ...call, body: normalised(call.body, member) }),
  };
}

/** What is no object, or has no phone, goes on as it is: the pipeline says what is wrong with it. */
function normalised(body: unknown, member: 'phone' | 'value'): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  // safe because it is an object of parsed JSON
  const { country, ...input } = body as Record<string, unknown>;
  if (country !== undefined && typeof country !== 'string')
    throw invalid('/country', 'must be a text.', {
      code: 'WRONG_TYPE',
      params: { type: 'string' },
    });
  const written = input[member];
  const isPhone = member === 'phone' || input['kind'] === 'phone';
  if (!isPhone || typeof written !== 'string') return input;
  return { ...input, [member]: phoneOf(written, { at: `/${member}`, country }) };
}

const COUNTRY = {
  type: 'string',
  pattern: '^[A-Z]{2}$',
  description: 'Of a phone that is written without its country code.',
};
const WRITTEN = { type: 'string', maxLength: WRITTEN_LENGTH_MAX };

function described(body: BodyDescription, member: 'phone' | 'value'): BodyDescription {
  const content = Object.entries(body.content).map(([type, held]) => [
    type,
    { ...held, schema: withCountry(held.schema, member) },
  ]);
  return { ...body, content: Object.fromEntries(content) };
}

function withCountry(schema: JsonSchema, member: 'phone' | 'value'): JsonSchema {
  if ('anyOf' in schema && Array.isArray(schema.anyOf)) {
    const [first, ...others]: readonly JsonSchema[] = schema.anyOf;
    return { ...schema, anyOf: [withCountry(first ?? {}, member), ...others] };
  }
  const properties = 'properties' in schema ? schema.properties : {};
  const changed = { ...Object(properties), [member]: WRITTEN, country: COUNTRY };
  return { ...schema, properties: changed };
}
