/** Pages of audit entries of a report. */
import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import type { CallFailed, Operations } from '../../../../src/client/client.ts';
import { client } from '../../api/api.ts';
import { classOf, type Filters, type Report } from './audit-query.ts';

type EntryPage = Operations['GET /v1/audit']['answer'];
export type AuditEntry = EntryPage['items'][number];

const PAGE_ENTRIES = 100;

export function useEntries(report: Exclude<Report, 'sign-ins'>, query: Filters) {
  // The report of access says whose it is, or nothing.
  const enabled = report !== 'access' || query.actor !== undefined;
  return useInfiniteQuery<
    EntryPage,
    CallFailed,
    InfiniteData<EntryPage>,
    readonly unknown[],
    string | undefined
  >({
    queryKey: ['GET /v1/audit', report, query],
    enabled,
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) => readEntries(report, { query, after: pageParam, signal }),
    getNextPageParam: ({ more, next }) => (more ? next : undefined),
  });
}

async function readEntries(
  report: Exclude<Report, 'sign-ins'>,
  page: {
    readonly query: Filters;
    readonly after: string | undefined;
    readonly signal: AbortSignal;
  },
): Promise<EntryPage> {
  const { signal } = page;
  const { actor, action, address, from, to } = page.query;
  const common = { from, to, after: page.after, limit: PAGE_ENTRIES };
  if (report === 'access')
    return (
      await client.call('GET /v1/audit/reports/access', { query: { ...common, actor }, signal })
    ).body;
  if (report === 'privileges')
    return (await client.call('GET /v1/audit/reports/privileges', { query: common, signal })).body;
  const query = { ...common, actor, action, address, class: classOf(page.query.class) };
  return (await client.call('GET /v1/audit', { query, signal })).body;
}
