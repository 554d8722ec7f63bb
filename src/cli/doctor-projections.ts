/**
 * Doctor on projections: L9 by a replay of buckets, L9 and L10 by folding streams that have snapshots, L13 by what is
 * parked, L8 by checkpoints and heads.
 */
import { problemOf } from './answers.ts';
import type { Check } from './check.ts';
import type { HttpClient, HttpResponse } from './http-client.ts';
import { listMember, member, textMember } from './json.ts';

/** Pages asked for at most: each holds one read model or more, and no installation has as many. */
const PAGES_MAX = 500;

/** Everything that GET /v1/projections/check tells, page after page; nothing from a server without projections. */
export async function projectionChecks(client: Pick<HttpClient, 'once'>): Promise<Check[]> {
  const items: unknown[] = [];
  const bodies: unknown[] = [];
  let query = '';
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const response = await client.once({ method: 'GET', path: `/v1/projections/check${query}` });
    if (response.status !== 200) return unasked(response);
    const body: unknown = JSON.parse(response.text);
    bodies.push(body);
    items.push(...listMember(body, 'items'));
    const next = textMember(body, 'next');
    if (next === undefined) break;
    query = `?after=${encodeURIComponent(next)}`;
  }
  const snapshots = bodies.flatMap((body) => snapshotChecks(member(body, 'snapshots')));
  const wrong = items.flatMap(checksOf);
  return [...(wrong.length > 0 ? wrong : [allEqual(items)]), ...snapshots];
}

function unasked(response: HttpResponse): Check[] {
  const name = 'projections';
  if (response.status === 404) return [];
  if (response.status === 403)
    return [{ name, result: 'ok', found: 'not asked: the key has no projections:write' }];
  const { detail, code } = problemOf(response);
  return [
    { name, result: 'fail', found: `${detail} (${code})`, fix: 'See the log of the server.' },
  ];
}

function allEqual(items: readonly unknown[]): Check {
  const compared = items.flatMap((item) => listMember(item, 'samples')).length;
  const left = items.reduce<number>(
    (sum, item) => sum + Number(member(item, 'notCompared') ?? 0),
    0,
  );
  const equal = `${counted(compared, 'bucket equals', 'buckets equal')} a replay of the log`;
  const found = left === 0 ? equal : `${equal}; ${left} more, large ones most of all, not compared`;
  return { name: 'projections', result: 'ok', found };
}

function snapshotChecks(snapshots: unknown): Check[] {
  if (snapshots === undefined) return [];
  const name = 'snapshots';
  const differing = listMember(snapshots, 'differing').map(
    (each) => `${textMember(each, 'category') ?? ''} in bucket ${String(member(each, 'bucket'))}`,
  );
  if (differing.length > 0)
    return [
      {
        name,
        result: 'fail',
        found: `not the fold of their events: ${[...new Set(differing)].join(', ')}`,
        fix: 'Delete the rows of the table snapshots, which are made anew, and report it: this must not happen.',
      },
    ];
  const compared = Number(member(snapshots, 'compared') ?? 0);
  const found = `${counted(compared, 'sample equals', 'samples equal')} the fold of the events`;
  return [{ name, result: 'ok', found }];
}

const counted = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;

/** What is wrong with one projection. */
function checksOf(item: unknown): Check[] {
  const projection = textMember(item, 'name') ?? '';
  const name = `  ${projection}`;
  const checks: Check[] = [];
  const differing = listMember(item, 'samples')
    .filter((sample) => member(sample, 'equal') === false)
    .map((sample) => String(member(sample, 'bucket')));
  if (differing.length > 0)
    checks.push({
      name,
      result: 'fail',
      found: `rows differ from a replay of the log in bucket ${differing.join(', ')}`,
      fix: `Run "comptoir rebuild ${projection}" and report it: this must not happen.`,
    });
  const beyond = listMember(item, 'beyondHead').map(String);
  if (beyond.length > 0)
    checks.push({
      name,
      result: 'fail',
      found: `it has read beyond the end of the log in bucket ${beyond.join(', ')}`,
      fix: `Was an older log restored? Run "comptoir rebuild ${projection}".`,
    });
  const parked = Number(member(item, 'parkedEvents') ?? 0);
  if (parked > 0)
    checks.push({
      name,
      result: 'warn',
      found: `${parked} events are parked; their rows are marked incomplete`,
      fix: `Run "comptoir parked list --model ${projection}", then retry or skip.`,
    });
  return checks;
}
