/**
 * POST /v1/loyalty/programmes/{id}/simulations: what rules would have given, before anybody has to live with them. Reads
 * the log page by page, orders and points beside each other in the order of the log; bounded by events and by time, and
 * says so when it was cut.
 */
import { Type, type Static } from 'typebox';
import { wireType } from '../../../core/event-type.ts';
import { createEventRecorder } from '../../../core/record-event.ts';
import { waitForLists } from '../../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies } from '../../../http/modules/services.ts';
import { unknownId } from '../../../http/moments.ts';
import { invalid } from '../../../http/query-input.ts';
import type { Route } from '../../../http/route.ts';
import { orderPaymentTaken, orderRefunded } from '../../orders/index.ts';
import { memberList } from '../members/read-models/member-list.ts';
import { pointsEarned, pointsTakenBack } from '../members/events.ts';
import { MAIN_PROGRAMME, PROGRAMMES, rulesOf, type ProgrammeState } from '../programmes/state.ts';
import { faultOfRules } from '../rules/check-rules.ts';
import { rulesSchema, type Rules } from '../rules/rules.ts';
import {
  newSimulation,
  simulate,
  totalsOf,
  type SimulatedEvent,
  type SimulatedMember,
} from './simulate.ts';

/** A year of a busy house; each event weighs a few hundred bytes of memory here. */
const EVENTS_MAX = 250_000;
/** A request should not hold a connection for longer. */
const BUDGET_MS = 20_000;
const PAGE = 1000;
const YEAR_MS = 366 * 24 * 3600 * 1000;
const BODY_BYTES_MAX = 64 * 1024;

const moment = Type.String({ format: 'date-time' });
const body = Type.Object(
  {
    /** Those of the programme by default. */
    rules: Type.Optional(rulesSchema),
    /** The past year by default. */
    from: Type.Optional(moment),
    to: Type.Optional(moment),
  },
  { additionalProperties: false },
);
const total = Type.Object({
  month: Type.String(),
  tier: Type.String(),
  points: Type.Integer(),
  cost: Type.Integer(),
  givenPoints: Type.Integer(),
  givenCost: Type.Integer(),
});
const answer = Type.Object({
  from: moment,
  to: moment,
  /** False when it was cut: everything up to `until` counts. */
  complete: Type.Boolean(),
  until: moment,
  events: Type.Integer(),
  totals: Type.Array(total),
});

const TYPES = [orderPaymentTaken, orderRefunded, pointsEarned, pointsTakenBack] as const;

export function simulationRoute(deps: ModuleRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/loyalty/programmes/{id}/simulations',
    operationId: 'simulateProgramme',
    tag: 'Loyalty',
    summary: 'What rules would have given for the payments of a time, beside what was given',
    description:
      'Changes nothing. By month and tier: points and what they are worth, under the rules of the body (or of the ' +
      'programme) and as they were given. Members count from their enrolment, with the labels they have now.',
    access: {
      kind: 'command',
      scope: 'loyalty:settings',
      impliedBy: 'loyalty:write',
      approvable: false,
    },
    parameters: [
      {
        name: 'id',
        in: 'path',
        description: '`main`, or the id of a draft.',
        schema: { type: 'string', maxLength: 128 },
        example: MAIN_PROGRAMME.id,
      },
    ],
    body: {
      bytesMax: BODY_BYTES_MAX,
      content: { 'application/json': { schema: body, example: {} } },
    },
    answers: { 200: { description: 'Points and cost by month and tier', schema: answer } },
    errors: ['INPUT_INVALID', 'NOT_FOUND', 'TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'WAIT_TIMEOUT'],
    async handle({ principal, params, body: given }) {
      // safe because the route has validated it
      const asked = given as Static<typeof body>;
      const { tenant } = principal;
      const rules = asked.rules ?? (await rulesOfProgramme(deps, tenant, params['id'] ?? ''));
      if (faultOfRules(rules) !== null)
        throw invalid('/rules', 'do not hold together.', 'RULES_APART');
      return {
        status: 200,
        body: await simulated(deps, { tenant, rules, ...timeOf(deps, asked) }),
      };
    },
  };
}

async function rulesOfProgramme(
  { pipeline }: ModuleRouteDependencies,
  tenant: string,
  id: string,
): Promise<Rules> {
  const { state } = await pipeline.load(tenant, PROGRAMMES, id);
  // safe because the stream of a category has the state of its aggregate
  const programme = state as ProgrammeState;
  if (programme.status === 'unknown' && id !== MAIN_PROGRAMME.id) throw unknownId();
  return rulesOf(programme).rules;
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

function timeOf(
  { clock }: ModuleRouteDependencies,
  { from, to }: { readonly from?: string; readonly to?: string },
): Span {
  const toMs = to === undefined ? clock.nowMs() : Date.parse(to);
  const fromMs = from === undefined ? toMs - YEAR_MS : Date.parse(from);
  if (fromMs >= toMs)
    throw invalid('/from', 'must lie before `to`.', {
      code: 'NOT_BEFORE',
      params: { other: 'to' },
    });
  return { fromMs, toMs };
}

interface Asked extends Span {
  readonly tenant: string;
  readonly rules: Rules;
}

async function simulated(
  deps: ModuleRouteDependencies,
  asked: Asked,
): Promise<Static<typeof answer>> {
  const { tenant, rules, fromMs, toMs } = asked;
  // Whoever the events are about is a member by then: without it their points would be left out, and nothing would say so.
  await waitForLists(deps, tenant, [memberList]);
  const simulation = newSimulation(rules);
  const members = new Map<string, SimulatedMember>();
  const endMs = performance.now() + BUDGET_MS;
  let events = 0;
  let until = toMs;
  for await (const page of merged(deps, asked)) {
    await learn(deps, tenant, { page, members });
    for (const event of page) simulate(simulation, event, members);
    events += page.length;
    const last = page.at(-1);
    if (last === undefined || (events < EVENTS_MAX && performance.now() < endMs)) continue;
    until = Number(last.recordedAtMicros / 1000n);
    break;
  }
  const time = (ms: number): string => new Date(ms).toISOString();
  return {
    from: time(fromMs),
    to: time(toMs),
    complete: until === toMs,
    until: time(until),
    events,
    totals: [...totalsOf(simulation)],
  };
}

/** Members that were not looked up yet, in one look. */
async function learn(
  { projections }: ModuleRouteDependencies,
  tenant: string,
  {
    page,
    members,
  }: { readonly page: readonly SimulatedEvent[]; readonly members: Map<string, SimulatedMember> },
): Promise<void> {
  const wanted = new Set<string>();
  for (const { type, data } of page)
    if (type === 'OrderPaymentTaken' && 'customerId' in data && data.customerId !== null)
      if (!members.has(data.customerId)) wanted.add(data.customerId);
  if (wanted.size === 0) return;
  const rows = await projections.reader(memberList).getMany({ tenant, keys: [...wanted] });
  for (const [key, { row }] of rows) {
    const { enrolled_at: enrolledAt, segments } = row;
    if (typeof enrolledAt === 'string' && Array.isArray(segments))
      members.set(key, { enrolledAt, segments });
  }
}

/** Events of all types in the order of the log, page by page; each type is read with a cursor of its own. */
async function* merged(
  deps: ModuleRouteDependencies,
  asked: Asked,
): AsyncGenerator<readonly SimulatedEvent[]> {
  const lanes = TYPES.map((type) => lane(deps, asked, wireType(type)));
  const held: SimulatedEvent[][] = await Promise.all(lanes.map(async (each) => await next(each)));
  for (;;) {
    const filled = held.filter((events) => events.length > 0);
    if (filled.length === 0) return;
    // Up to the first end of a lane's page nothing can be missing in between.
    const edge = filled
      .map((events) => events.at(-1)?.position ?? 0n)
      .reduce((least, position) => (position < least ? position : least));
    const page: SimulatedEvent[] = [];
    for (const [index, events] of held.entries()) {
      const rest = events.findIndex(({ position }) => position > edge);
      page.push(...events.splice(0, rest === -1 ? events.length : rest));
      const source = lanes[index];
      if (events.length === 0 && source !== undefined) held[index] = await next(source);
    }
    yield page.sort((a, b) => (a.position < b.position ? -1 : 1));
  }
}

async function next(lane: AsyncGenerator<SimulatedEvent[]>): Promise<SimulatedEvent[]> {
  const page = await lane.next();
  return page.done === true ? [] : page.value;
}

/** Pages with something in them. */
async function* lane(
  { log }: ModuleRouteDependencies,
  { tenant, fromMs, toMs }: Asked,
  type: string,
): AsyncGenerator<SimulatedEvent[]> {
  const recorder = createEventRecorder(TYPES);
  const span = { fromMicros: BigInt(fromMs) * 1000n, toMicros: BigInt(toMs) * 1000n };
  let after = 0n;
  for (let more = true; more;) {
    const found = await log.find({ tenant, after, limit: PAGE, type: { exact: type }, ...span });
    ({ nextAfter: after, more } = found);
    // safe because the recorder knows these types only, none of which has personal fields
    const events = found.events.flatMap(
      (event) => recorder.record(event) ?? [],
    ) as SimulatedEvent[];
    if (events.length > 0) yield events;
  }
}
