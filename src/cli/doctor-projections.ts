/** Doctor on projections: L9 and L10 by a replay of small buckets, L13 by what is parked, L8 by checkpoints and heads. */
import { problemOf } from './answers.ts';
import type { Check } from './check.ts';
import type { HttpResponse } from './http-client.ts';
import { listMember, member, textMember } from './json.ts';

/** The checks that GET /v1/projections/check allows; none from a server without projections. */
export function projectionChecks(response: HttpResponse): Check[] {
  const name = 'projections';
  if (response.status === 404) return [];
  if (response.status === 403)
    return [{ name, result: 'ok', found: 'not asked: the key has no projections:write' }];
  if (response.status !== 200) {
    const { detail, code } = problemOf(response);
    return [
      { name, result: 'fail', found: `${detail} (${code})`, fix: 'See the log of the server.' },
    ];
  }
  const body: unknown = JSON.parse(response.text);
  const checks = listMember(body, 'items').flatMap(checksOf);
  const compared = listMember(body, 'items').flatMap((item) => listMember(item, 'samples')).length;
  if (checks.length > 0) return checks;
  return [
    {
      name,
      result: 'ok',
      found: `${compared} ${compared === 1 ? 'bucket equals' : 'buckets equal'} a replay of the log`,
    },
  ];
}

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
      fix: `See GET /v1/projections/${projection}/parked, then retry or skip.`,
    });
  return checks;
}
