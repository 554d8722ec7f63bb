/**
 * Routes that the frame cannot derive. Those that create are the derived ones with something more: ids that follow from
 * what is created, and links, whose tokens are in no event and no kept answer.
 */
import { mountedOf } from '../../http/modules/addresses.ts';
import { commandRoutes, withFixedId } from '../../http/modules/command-routes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import type { Answer, Call, Route } from '../../http/route.ts';
import type { CommandRequest, Pipeline } from '../../pipeline/pipeline.ts';
import { LOCATIONS, type LocationState } from '../business/index.ts';
import type { BookingState } from './bookings/state.ts';
import { CALENDARS } from './calendars/calendar.ts';
import { DAYS, dayStream, HOLDERS, RESERVATIONS, WAITLIST } from './floor.ts';
import { availabilityRoute } from './routes-availability.ts';
import { feedRoute } from './routes-feed.ts';
import { createLinkTokens, feedTokenOf, manageTokenOf, type LinkTokens } from './routes-links.ts';
import { dayOf, tellTime } from './times.ts';

export function reservationRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  const links = createLinkTokens(Uint8Array.from(deps.linkSecret));
  return [
    availabilityRoute(deps),
    feedRoute(deps, links),
    ...withIds(deps, CALENDARS, ({ input }) => textOf(input, 'locationId')),
    ...withIds(deps, DAYS, (request) => dayIdOf(deps.pipeline, request)),
    ...withIds(deps, HOLDERS, ({ input }) => textOf(input, 'holder')),
    ...withLinks(deps, links),
  ];
}

/** The creating routes of a category, with an id that follows from the input. */
function withIds(
  deps: ModuleRouteDependencies,
  category: string,
  idOf: (request: CommandRequest) => string | null | Promise<string | null>,
): readonly Route[] {
  const pipeline: Pipeline = {
    ...deps.pipeline,
    handle: async (request) => deps.pipeline.handle({ ...request, id: await idOf(request) }),
  };
  return derivedOf({ ...deps, pipeline }, category)
    .filter(({ path }) => !path.includes('{id}'))
    .map(withFixedId);
}

function derivedOf(deps: ModuleRouteDependencies, category: string): readonly Route[] {
  return deps.modules
    .flatMap(mountedOf)
    .filter(({ aggregate }) => aggregate.category === category)
    .flatMap((mounted) => commandRoutes(deps, mounted));
}

/** Null where the input is not valid, which the pipeline will say. */
function textOf(input: unknown, member: string): string | null {
  if (typeof input !== 'object' || input === null) return null;
  // safe because any member of an object may be looked at
  const value = (input as Readonly<Record<string, unknown>>)[member];
  return typeof value === 'string' ? value : null;
}

/** A block belongs to the business day on which it begins. */
async function dayIdOf(pipeline: Pipeline, { principal, input }: CommandRequest) {
  const locationId = textOf(input, 'locationId');
  const from = textOf(input, 'from');
  if (locationId === null || from === null) return null;
  const { state } = await pipeline.load(principal.tenant, LOCATIONS, locationId);
  // safe because the stream is one of the category
  const location = state as LocationState;
  if (location.status === 'unknown') return null;
  const told = tellTime(from, location.timeZone);
  return told.kind === 'at' ? dayStream(locationId, dayOf(told.ms, location)).id : null;
}

/** Members that a link adds to the answer to a command about this id. */
type Linked = (call: Call, id: string) => Promise<Readonly<Record<string, string>>>;

function withLinks(deps: ModuleRouteDependencies, links: LinkTokens): readonly Route[] {
  const manage: Linked = async ({ principal: { tenant } }, reservationId) => {
    const { state } = await deps.pipeline.load(tenant, RESERVATIONS, reservationId);
    // safe because the stream is one of the category
    const booking = state as BookingState;
    if (booking.status === 'none') return {};
    const generation = booking.linkGeneration;
    return { manageToken: await manageTokenOf(links, { tenant, reservationId, generation }) };
  };
  const feed: Linked = async ({ principal: { tenant } }, feedId) => ({
    path: `/public/feeds/${await feedTokenOf(links, { tenant, feedId })}.ics`,
  });
  const bookings = derivedOf(deps, RESERVATIONS);
  return [
    ...linked(bookings, 'makeReservation', async (call, reservationId) => {
      const { tenant } = call.principal;
      return { manageToken: await manageTokenOf(links, { tenant, reservationId, generation: 1 }) };
    }),
    ...linked(bookings, 'renewReservationLink', manage),
    ...linked(derivedOf(deps, WAITLIST), 'acceptWaitlistOffer', manage),
    ...linked(derivedOf(deps, 'reservations.feeds'), 'openReservationFeed', feed),
  ];
}

function linked(
  routes: readonly Route[],
  operationId: string,
  membersOf: Linked,
): readonly Route[] {
  return routes
    .filter((route) => route.operationId === operationId)
    .map((route) => ({
      ...route,
      answers: answersWith(route.answers, operationId === 'openReservationFeed' ? 'path' : TOKEN),
      async handle(call) {
        const answer = await route.handle?.(call);
        if (answer === undefined || answer === 'streaming') throw new TypeError('no JSON route');
        return await withMembers(answer, call, membersOf);
      },
    }));
}

const TOKEN = 'manageToken';

/** What the link adds, in the document of the route. */
function answersWith(answers: Route['answers'], member: string): Route['answers'] {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => {
      const { properties = {}, ...schema }: { readonly properties?: object } = answer.schema ?? {};
      const all = { ...properties, [member]: { type: 'string' } };
      return [status, { ...answer, schema: { ...schema, properties: all } }];
    }),
  );
}

async function withMembers(answer: Answer, call: Call, membersOf: Linked): Promise<Answer> {
  const { status, body } = answer;
  const id = textOf(body, 'id') ?? call.params['id'] ?? null;
  if (status >= 300 || id === null || typeof body !== 'object') return answer;
  return { ...answer, body: { ...body, ...(await membersOf(call, id)) } };
}
