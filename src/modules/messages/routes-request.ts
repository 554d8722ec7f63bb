/**
 * POST /v1/messages: the derived route, but for two things that only the outside knows: whether a phone can be one at all,
 * and the id that a `dedupeKey` stands for.
 */
import { mountedOf } from '../../http/modules/addresses.ts';
import { commandRoutes, withFixedId } from '../../http/modules/command-routes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { invalid } from '../../http/query-input.ts';
import type { Call, Route } from '../../http/route.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { createAddressIds } from './routes-addresses.ts';
import { isPossiblePhone } from './routes-phones.ts';
import { MESSAGE_SETTINGS, SETTINGS_ID } from './settings/settings.ts';
import { MESSAGES } from './state.ts';

export function requestRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  const ids = createAddressIds(new Uint8Array(deps.linkSecret));
  const pipeline: Pipeline = {
    ...deps.pipeline,
    async handle(request) {
      const key = dedupeKeyOf(request.input);
      if (key === null) return deps.pipeline.handle(request);
      const { tenant } = request.principal;
      const id = `key.${await ids.addressIdOf({ tenant, address: exact(key) })}`;
      return deps.pipeline.handle({ ...request, id });
    },
  };
  return deps.modules
    .flatMap(mountedOf)
    .filter(({ aggregate }) => aggregate.category === MESSAGES)
    .flatMap((mounted) => commandRoutes({ ...deps, pipeline }, mounted))
    .filter(({ path }) => !path.includes('{id}'))
    .map(withPhone);
}

/** Addresses are told apart without capitals and outer spaces, keys with them. */
function exact(key: string): string {
  if (key === key.trim().toLowerCase()) return `dedupe ${key}`;
  return `dedupe-exactly ${Array.from(key, (character) => character.codePointAt(0)).join(' ')}`;
}

/** Null where there is none, or the input is not valid, which the pipeline will say. */
function dedupeKeyOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null || !('dedupeKey' in input)) return null;
  const { dedupeKey } = input;
  return typeof dedupeKey === 'string' && dedupeKey !== '' ? dedupeKey : null;
}

function withPhone(route: Route): Route {
  const { handle } = route;
  if (handle === undefined) return route;
  return {
    ...route,
    description: `${route.description ?? ''} A phone whose length no number of its country has is refused.`,
    handle: (call: Call) => {
      checkPhone(call.body);
      return handle(call);
    },
  };
}

function checkPhone(body: unknown): void {
  if (typeof body !== 'object' || body === null || !('to' in body)) return;
  const { to } = body;
  if (typeof to !== 'object' || to === null || !('phone' in to)) return;
  if (typeof to.phone === 'string' && !isPossiblePhone(to.phone))
    throw invalid('/to/phone', 'is no phone number.', 'NO_PHONE_NUMBER');
}

/** POST /v1/messages/settings: the derived route, but for the id, which is always `main`. */
export function settingsRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  const pipeline: Pipeline = {
    ...deps.pipeline,
    handle: (request) => deps.pipeline.handle({ ...request, id: SETTINGS_ID }),
  };
  return deps.modules
    .flatMap(mountedOf)
    .filter(({ aggregate }) => aggregate.category === MESSAGE_SETTINGS)
    .flatMap((mounted) => commandRoutes({ ...deps, pipeline }, mounted))
    .filter(({ path }) => !path.includes('{id}'))
    .map(withFixedId);
}
