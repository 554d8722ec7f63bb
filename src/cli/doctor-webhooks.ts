/** Doctor on webhooks of the key's tenant: receivers that fail, that were given up, and hand-over that stands still. */
import type { Check } from './check.ts';
import type { HttpClient } from './http-client.ts';
import { listMember, member, textMember } from './json.ts';

/** Nothing where the key may not ask, the server has none, or no endpoint is registered. */
export async function webhookChecks(client: Pick<HttpClient, 'once'>): Promise<Check[]> {
  const response = await client.once({ method: 'GET', path: '/v1/webhooks' });
  if (response.status !== 200) return [];
  const items = listMember(JSON.parse(response.text) as unknown, 'items');
  const checks = items.flatMap(checksOf);
  if (checks.length > 0 || items.length === 0) return checks;
  return [{ name: 'webhooks', result: 'ok', found: `${items.length}, none is failing` }];
}

function checksOf(item: unknown): Check[] {
  const id = textMember(item, 'id') ?? '';
  const name = `  webhook ${id}`;
  const url = textMember(item, 'url') ?? '';
  if (member(item, 'suspended') === true)
    return [
      {
        name,
        result: 'fail',
        found: `no event was handed over to ${url} for seven days`,
        fix: `See the log of the server, then POST /v1/webhooks/${id}/resume.`,
      },
    ];
  const reason = textMember(item, 'disabledReason');
  if (reason === 'gone' || reason === 'failing')
    return [
      {
        name,
        result: 'warn',
        found: `${url} was disabled, because ${reason === 'gone' ? 'it answered 410' : 'it failed for five days'}`,
        fix: `Mend the receiver, then POST /v1/webhooks/${id}/enable; events of meanwhile come by /replay.`,
      },
    ];
  const since = textMember(item, 'failingSince');
  if (since === undefined) return [];
  return [
    {
      name,
      result: 'warn',
      found: `${url} has failed since ${since}`,
      fix: `See GET /v1/webhooks/${id}/deliveries for what it answers. What waits is tried again by itself.`,
    },
  ];
}
