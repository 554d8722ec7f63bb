/**
 * The queue of a till that was offline. The till numbers its commands 1, 2, 3 ... and sends them in order, again as often
 * as it likes: the id of a command, and of an order that it places, derives from device and number, so each counts once for
 * as long as there are orders, whatever became of earlier answers. Nothing is overwritten: additions of two tills to one
 * order both stand, and two changes of one line are refused by the line's revision.
 */
import { Type, type Static } from 'typebox';
import { Failure } from '../../core/errors.ts';
import { auditedOwn, auditedTogether } from '../../http/modules/audited.ts';
import { COMMAND_BYTES_MAX } from '../../http/modules/command-routes.ts';
import { invalid } from '../../http/query-input.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import type { Audited, Call, Route } from '../../http/route.ts';
import type { CommandAnswer } from '../../pipeline/pipeline.ts';
import { ORDERS } from './beside.ts';
import { ORDER_COMMANDS } from './commands.ts';
import { deviceCommandId, deviceInput, idInput } from './inputs.ts';
import { OFFLINE_HOURS_MAX } from './taken-at.ts';

/** Of one request; a till with more sends several. */
export const SYNC_COMMANDS_MAX = 100;

const queued = Type.Object(
  {
    sequence: deviceInput.properties.sequence,
    clientTime: deviceInput.properties.clientTime,
    /** Name of a command of orders: `PlaceOrder`, `AddLines`. */
    command: Type.String({ minLength: 1, maxLength: 60 }),
    /** Of all but PlaceOrder: `DEVICE.SEQUENCE` for an order that this queue or another one placed. */
    orderId: Type.Optional(idInput),
    input: Type.Object({}, { additionalProperties: true }),
  },
  { additionalProperties: false },
);
type Queued = Static<typeof queued>;

const body = Type.Object(
  {
    deviceId: deviceInput.properties.id,
    commands: Type.Array(queued, { minItems: 1, maxItems: SYNC_COMMANDS_MAX }),
  },
  { additionalProperties: false },
);

export function syncRoute(deps: ModuleRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/orders/sync',
    operationId: 'syncOrders',
    tag: 'Orders',
    summary: 'Takes the commands that a till gave while it was offline',
    description:
      'In order, each on its own: `done` with the members of its answer, `refused` with code and details, `failed` with ' +
      'code and, of input that cannot be used, with `errors` that point into `input` or name a member beside it. What is ' +
      'missing from the results was not tried and is to be sent again. The right to give each command is checked as if it ' +
      'came alone; where one needs an approval, it fails with APPROVAL_REQUIRED. What is sold and paid counts on the ' +
      'business day, and by the price lists, of its `clientTime`, unless that is ahead of the clock of the server or more ' +
      `than ${OFFLINE_HOURS_MAX} hours behind it; a payment on a till whose session was opened later counts now.`,
    access: {
      kind: 'command',
      scope: 'orders:place',
      impliedBy: 'orders:write',
      approvable: false,
    },
    body: {
      bytesMax: 4 * COMMAND_BYTES_MAX,
      content: { 'application/json': { schema: body, example: EXAMPLE } },
    },
    answers: {
      200: {
        description: 'What became of each command',
        schema: {
          type: 'object',
          required: ['results'],
          properties: { results: { type: 'array', items: { type: 'object' } } },
        },
      },
    },
    errors: ['INPUT_INVALID', 'FORBIDDEN', 'TOO_LARGE'],
    async handle(call) {
      // safe because the route validated the body against this schema
      const { deviceId, commands } = call.body as Static<typeof body>;
      checkDevice(call, deviceId);
      const taken = await takeAll(deps, call, { deviceId, commands });
      // A refund that waited on a till is one like any other.
      const audited = auditedTogether(taken.map((each) => each.audited));
      return { status: 200, body: { results: taken.map(({ result }) => result) }, audited };
    },
  };
}

const EXAMPLE = {
  deviceId: 'till-1',
  commands: [
    {
      sequence: 17,
      clientTime: '2026-11-21T19:04:11Z',
      command: 'PlaceOrder',
      input: { locationId: 'centro', channel: 'eat-in', lines: [] },
    },
  ],
};

/** Whoever is signed in on an enrolled device speaks for that device alone. */
function checkDevice({ principal }: Call, deviceId: string): void {
  const own = principal.user?.deviceId ?? null;
  if (own !== null && own !== deviceId)
    throw new Failure('FORBIDDEN', 'This session belongs to another device.');
}

type Result = Readonly<Record<string, unknown>>;

interface Taken {
  readonly result: Result;
  readonly audited?: Audited | undefined;
}

async function takeAll(
  deps: ModuleRouteDependencies,
  call: Call,
  { deviceId, commands }: { readonly deviceId: string; readonly commands: readonly Queued[] },
): Promise<readonly Taken[]> {
  const results: Taken[] = [];
  for (const command of commands) {
    try {
      results.push(await take(deps, call, { deviceId, command }));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { sequence } = command;
      const { code, message: detail, errors, retryable: retry } = error;
      const named = errors.length === 0 ? {} : { errors };
      results.push({ result: { sequence, status: 'failed', code, detail, ...named, retry } });
      // What follows may build on it.
      if (retry) break;
    }
  }
  return results;
}

async function take(
  { pipeline, modules }: ModuleRouteDependencies,
  { principal }: Call,
  { deviceId, command }: { readonly deviceId: string; readonly command: Queued },
): Promise<Taken> {
  const { sequence, clientTime, command: name, orderId, input } = command;
  const commandId = deviceCommandId({ id: deviceId, sequence });
  const type = ORDER_COMMANDS.find((each) => each.name === name);
  if (type === undefined)
    throw invalid('command', 'must be the name of a command of orders.', 'UNUSABLE');
  const places = type.word === null;
  if (places && orderId !== undefined)
    throw invalid('orderId', `is not accepted with ${name}, which makes an order.`, 'NOT_ACCEPTED');
  if (!places && orderId === undefined)
    throw invalid('orderId', `is missing: ${name} needs to know which order.`, 'REQUIRED');
  const device = { id: deviceId, sequence, clientTime };
  const answer = await pipeline.handle({
    principal,
    category: ORDERS,
    command: name,
    id: orderId ?? commandId,
    commandId,
    input: 'device' in type.input.properties ? { ...input, device } : input,
  });
  const audited = auditedOwn(modules, { category: ORDERS, type, input, answer });
  return { result: resultOf(sequence, answer), audited };
}

function resultOf(sequence: number, answer: CommandAnswer): Result {
  if (answer.status === 'refused') {
    const { code, details } = answer;
    return { sequence, status: 'refused', code, details };
  }
  const { id, version, members, replayed } = answer;
  return {
    answer: members,
    sequence,
    status: 'done',
    orderId: id,
    version: Number(version),
    replayed,
  };
}
