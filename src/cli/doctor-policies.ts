/** Doctor on policies: L13 by what they could not answer, and whether one was suspended. */
import type { Check } from './check.ts';
import type { HttpClient } from './http-client.ts';
import { listMember, member, textMember } from './json.ts';

/** Nothing where the key may not ask, or the server has none. */
export async function policyChecks(client: Pick<HttpClient, 'once'>): Promise<Check[]> {
  const response = await client.once({ method: 'GET', path: '/v1/policies' });
  if (response.status !== 200) return [];
  const items = listMember(JSON.parse(response.text) as unknown, 'items');
  const checks = items.flatMap(checksOf);
  if (checks.length > 0 || items.length === 0) return checks;
  return [{ name: 'policies', result: 'ok', found: `${items.length}, nothing is parked` }];
}

function checksOf(item: unknown): Check[] {
  const policy = textMember(item, 'name') ?? '';
  const name = `  ${policy}`;
  const checks: Check[] = [];
  if (member(item, 'suspended') === true)
    checks.push({
      name,
      result: 'fail',
      found: 'it is suspended: it made no progress for seven days',
      fix: `See the log of the server, then run "comptoir policies resume ${policy}".`,
    });
  const parked = Number(member(item, 'parked') ?? 0);
  if (parked > 0)
    checks.push({
      name,
      result: 'warn',
      found: `${parked} events or timers wait for a person`,
      fix: `Run "comptoir parked list --policy ${policy}", then retry or skip.`,
    });
  return checks;
}
