/** Routes that the frame cannot derive: members and the main programme have ids that follow from what they are of. */
import { Type } from 'typebox';
import { mountedOf } from '../../http/modules/addresses.ts';
import { commandRoutes, ID, streamIdOf, withFixedId } from '../../http/modules/command-routes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { unknownId } from '../../http/moments.ts';
import { scoped, type Route } from '../../http/route.ts';
import type { CommandRequest } from '../../pipeline/pipeline.ts';
import { balanceOf } from './members/lots.ts';
import { MEMBERS, type MemberState } from './members/state.ts';
import { MAIN_PROGRAMME, PROGRAMMES, rulesOf, type ProgrammeState } from './programmes/state.ts';
import { dayOf } from './rules/days.ts';
import { valueOf } from './rules/earning.ts';
import { simulationRoute } from './simulation/routes-simulation.ts';

export function loyaltyRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  const enrol = creatingRoutes(deps, MEMBERS, customerIdOf);
  const main = creatingRoutes(deps, PROGRAMMES, () => MAIN_PROGRAMME.id);
  return [
    ...enrol,
    ...main.map(withFixedId).map((route): Route => ({
      ...route,
      method: 'PUT',
      path: `/v1/loyalty/programmes/${MAIN_PROGRAMME.id}`,
      operationId: 'setMainProgramme',
      summary: 'Sets the rules that are in force from now on',
    })),
    balanceRoute(deps),
    simulationRoute(deps),
  ];
}

/** The derived route that creates, but for the id. */
function creatingRoutes(
  deps: ModuleRouteDependencies,
  category: string,
  idOf: (input: unknown) => string | null,
): readonly Route[] {
  const handle = (request: CommandRequest) =>
    deps.pipeline.handle({ ...request, id: idOf(request.input) });
  const pipeline = { ...deps.pipeline, handle };
  return deps.modules
    .flatMap(mountedOf)
    .filter(({ aggregate }) => aggregate.category === category)
    .flatMap((mounted) => commandRoutes({ ...deps, pipeline }, mounted))
    .filter(({ path }) => !path.includes('{id}'));
}

/** Null for what the pipeline is going to refuse. */
function customerIdOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null || !('customerId' in input)) return null;
  return typeof input.customerId === 'string' ? input.customerId : null;
}

const lot = Type.Object({
  lotId: Type.String(),
  points: Type.Integer(),
  earnedOn: Type.String(),
  activeOn: Type.String(),
  expiresOn: Type.Union([Type.String(), Type.Null()]),
  orderId: Type.Union([Type.String(), Type.Null()]),
  lineId: Type.Union([Type.String(), Type.Null()]),
});
const balance = Type.Object({
  id: Type.String(),
  on: Type.String(),
  points: Type.Integer(),
  pending: Type.Integer(),
  debt: Type.Integer(),
  tier: Type.String(),
  /** What the points are worth now, in minor units. */
  value: Type.Integer(),
  lots: Type.Array(lot),
});

function balanceRoute({ pipeline, clock }: ModuleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/loyalty/members/{id}/balance',
    operationId: 'readMemberBalance',
    tag: 'Loyalty',
    summary: 'The balance of this moment, lot by lot, soonest expiry first',
    access: scoped('loyalty:read'),
    parameters: [ID],
    answers: { 200: { description: 'The balance', schema: balance } },
    errors: ['NOT_FOUND'],
    async handle(call) {
      const { tenant } = call.principal;
      const id = streamIdOf(call);
      const [{ state }, main] = await Promise.all([
        pipeline.load(tenant, MEMBERS, id),
        pipeline.load(tenant, PROGRAMMES, MAIN_PROGRAMME.id),
      ]);
      // safe because the stream of a category has the state of its aggregate
      const member = state as MemberState;
      if (member.status === 'unknown') throw unknownId();
      // safe for the same reason
      const { rules } = rulesOf(main.state as ProgrammeState);
      const local = dayOf(new Date(clock.nowMs()).toISOString(), rules);
      const on = local > member.asOf ? local : member.asOf;
      const now = balanceOf(member.lots, member.debt, on);
      const lots = member.lots
        .filter(({ expiresOn }) => expiresOn === null || expiresOn >= on)
        .map(({ remaining, joined: _joined, rules: _rules, ...rest }) => ({
          ...rest,
          points: remaining,
        }));
      const value = valueOf(rules, now.points);
      return { status: 200, body: { id, on, ...now, tier: member.standing.tier, value, lots } };
    },
  };
}
