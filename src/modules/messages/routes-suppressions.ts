/** The list of addresses that are not written to, by hand: the address comes in, and only its keyed hash is kept. */
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { invalid } from '../../http/query-input.ts';
import { scoped, type BodyDescription, type Call, type Route } from '../../http/route.ts';
import { createAddressIds, suppressionIdOf, type AddressIds } from './routes-addresses.ts';
import { isPossiblePhone } from './routes-phones.ts';
import type { Channel } from './shapes.ts';
import type { SuppressionScope } from './suppressions/events.ts';
import { SUPPRESSIONS, type SuppressionState } from './suppressions/state.ts';

const BYTES_MAX = 4096;
const CHANNEL = { enum: ['whatsapp', 'email', 'sms'] };
const ADDRESS = { type: 'string', minLength: 3, maxLength: 254 };
const STATUS_EXAMPLE = { id: 'email.5wJ2Rk0q3mVvJY0aXw1x1A', status: 'suppressed' };

export function suppressionRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  const ids = createAddressIds(new Uint8Array(deps.linkSecret));
  return [suppressRoute(deps, ids), lookUpRoute(deps, ids)];
}

function suppressRoute({ pipeline }: ModuleRouteDependencies, ids: AddressIds): Route {
  return {
    method: 'POST',
    path: '/v1/messages/suppressions',
    operationId: 'suppressAddress',
    tag: 'Messages',
    summary: 'Puts an address on the list of those that are not written to',
    description: 'Again for one that is on it changes nothing. The address itself is not kept.',
    access: scoped('messages:suppress'),
    audit: { class: 'audit', action: 'messages.suppressions.added' },
    body: bodyOf({ scope: { enum: ['all', 'marketing'] }, customerId: ID_SCHEMA }, ['scope']),
    answers: { 201: { description: 'It is on the list', example: STATUS_EXAMPLE } },
    errors: ['INPUT_INVALID'],
    async handle(call) {
      const id = await idOf(call, ids);
      // safe because the route checked the body against its schema
      const { channel, scope, customerId } = call.body as {
        readonly channel: Channel;
        readonly scope: SuppressionScope;
        readonly customerId?: string;
      };
      await pipeline.handle({
        principal: call.principal,
        category: SUPPRESSIONS,
        command: 'SuppressAddress',
        id,
        input: {
          channel,
          reason: 'manual',
          scope,
          ...(customerId === undefined ? {} : { customerId }),
        },
      });
      const location = `/v1/messages/suppressions/${id}`;
      return { status: 201, headers: { location }, body: { id, status: 'suppressed' } };
    },
  };
}

function lookUpRoute({ pipeline }: ModuleRouteDependencies, ids: AddressIds): Route {
  return {
    method: 'POST',
    path: '/v1/messages/suppressions/look-up',
    operationId: 'lookUpSuppression',
    tag: 'Messages',
    summary: 'Whether an address is on the list',
    description: 'A POST, so that no address stands in logs of what was asked.',
    access: scoped('messages:read'),
    audit: { class: 'access', action: 'messages.suppressions.looked-up' },
    body: bodyOf({}, []),
    answers: { 200: { description: 'What the list says', example: STATUS_EXAMPLE } },
    errors: ['INPUT_INVALID'],
    async handle(call) {
      const id = await idOf(call, ids);
      const { state } = await pipeline.load(call.principal.tenant, SUPPRESSIONS, id);
      // safe because the stream is one of the category
      const held = state as SuppressionState;
      return { status: 200, body: { id, ...held } };
    },
  };
}

const ID_SCHEMA = { type: 'string', minLength: 1, maxLength: 128 };

function bodyOf(
  more: Readonly<Record<string, object>>,
  required: readonly string[],
): BodyDescription {
  const schema = {
    type: 'object',
    additionalProperties: false,
    required: ['channel', 'address', ...required],
    properties: { channel: CHANNEL, address: ADDRESS, ...more },
  };
  const example = {
    channel: 'email',
    address: 'ana@example.com',
    ...(required.length > 0 ? { scope: 'all' } : {}),
  };
  return { content: { 'application/json': { schema, example } }, bytesMax: BYTES_MAX };
}

/** Errors: INPUT_INVALID for what is no address of the channel. */
async function idOf({ body, principal }: Call, ids: AddressIds): Promise<string> {
  // safe because the route checked the body against its schema
  const { channel, ...given } = body as { readonly channel: Channel; readonly address: string };
  const address = given.address.trim();
  const fits = channel === 'email' ? /^[^\s@]+@[^\s@]+$/.test(address) : isPossiblePhone(address);
  if (!fits) throw invalid('/address', `is no address of the channel ${channel}.`, 'NO_ADDRESS');
  const addressId = await ids.addressIdOf({ tenant: principal.tenant, address });
  return suppressionIdOf({ channel, addressId });
}
