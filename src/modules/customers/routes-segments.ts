/** GET /v1/customers/segments/{id}/members: who is in a segment now. */
import { ID, streamIdOf } from '../../http/modules/command-routes.ts';
import { auditedList, personsOfRows } from '../../http/modules/audited.ts';
import { itemWriter } from '../../http/modules/item-json.ts';
import { LIMIT, LIMIT_PARAMETER } from '../../http/modules/list-conditions.ts';
import { WAIT, waitForModel } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { listSchema } from '../../http/modules/shapes.ts';
import { unknownId } from '../../http/moments.ts';
import { limitOf } from '../../http/query-input.ts';
import { scoped, type Route } from '../../http/route.ts';
import { customerList } from './read-models/customer-list.ts';
import { mountedCustomers, rowOf } from './routes-lookup.ts';
import { scanRows, SCANNED_ROWS_MAX, type Scanned } from './routes-scan.ts';
import { isInSegment, type SegmentFilter } from './segments/filter.ts';
import { SEGMENTS, type SegmentState } from './segments/segment.ts';

export function segmentRoute(deps: ModuleRouteDependencies): Route {
  const write = itemWriter(customerList);
  const { more: told, ...audited } = auditedList(mountedCustomers(deps), 'listed');
  return {
    method: 'GET',
    path: '/v1/customers/segments/{id}/members',
    operationId: 'listSegmentMembers',
    tag: 'Customers',
    summary: 'Customers that are in a segment now, newest first',
    description:
      `Go on with \`next\` while \`more\` is true, also after a page without items: a request looks at ` +
      `${SCANNED_ROWS_MAX} customers at most.`,
    access: scoped('customers:read'),
    parameters: [
      ID,
      {
        name: 'after',
        in: 'query',
        description: '`next` of the page before.',
        schema: { type: 'string' },
      },
      LIMIT_PARAMETER,
      WAIT,
      ...told,
    ],
    ...audited,
    answers: { 200: { description: 'A page', schema: listSchema(customerList) } },
    errors: [
      'INPUT_INVALID',
      'NOT_FOUND',
      'CURSOR_INVALID',
      'CURSOR_EXPIRED',
      'CURSOR_FOREIGN',
      'WAIT_TIMEOUT',
    ],
    async handle(call) {
      const { tenant } = call.principal;
      const { state } = await deps.pipeline.load(tenant, SEGMENTS, streamIdOf(call));
      // safe because the stream of a category has the state of its aggregate
      const segment = state as SegmentState;
      if (segment.status !== 'saved') throw unknownId();
      const limit = limitOf(call.query, LIMIT);
      await waitForModel(deps, call, customerList);
      const after = call.query.get('after');
      const asked = { tenant, filter: segment.filter, after, limit };
      const { items, next, more } = await segmentMembers(deps, asked);
      const about = personsOfRows(customerList, items);
      const body = { items: items.map(write), next, more };
      return about === undefined ? { status: 200, body } : { status: 200, body, audited: about };
    },
  };
}

/**
 * Customers that are in a segment now, newest first: a look at SCANNED_ROWS_MAX of them at most, so there may be more also
 * behind a page without items.
 */
export function segmentMembers(
  { projections }: Pick<ModuleRouteDependencies, 'projections'>,
  asked: {
    readonly tenant: string;
    readonly filter: SegmentFilter;
    /** `next` of the page before. */
    readonly after: string | undefined;
    readonly limit: number;
  },
): Promise<Scanned> {
  const { tenant, filter, after, limit } = asked;
  return scanRows(
    projections.reader(customerList),
    { tenant, ...indexed(filter), after },
    { limit, matches: (read) => isInSegment(filter, rowOf(read)) },
  );
}

/** What an index narrows; the rest is looked at row by row. */
function indexed({ kind, languages, registeredFrom, registeredTo }: SegmentFilter) {
  const [language, ...others] = languages ?? [];
  return {
    filters: {
      status: 'active',
      ...(kind === undefined ? {} : { kind }),
      ...(language === undefined || others.length > 0 ? {} : { language }),
    },
    range: { from: registeredFrom, to: registeredTo },
  };
}
