/** The currency that a menu's prices are written in, which says how many digits they have after the point. */
import { ask, bodyOf, RETRY_FOR_MS, unreachable } from '../answers.ts';
import { CliError, EXIT } from '../command.ts';
import type { HttpClient, HttpResponse } from '../http-client.ts';
import { listMember, textMember } from '../json.ts';

/**
 * That of the location asked for, else the one that all open locations have. Undefined where there is no location yet, or
 * the key may not read them: the server then takes the usual two digits. Errors: CliError when locations differ, or the one
 * asked for is unknown.
 */
export async function menuCurrency(
  client: HttpClient,
  wanted: string | undefined,
): Promise<string | undefined> {
  if (wanted !== undefined) {
    const path = `/v1/business/locations/${encodeURIComponent(wanted)}`;
    return textMember(await ask(client, { method: 'GET', path }), 'currency');
  }
  const found = await currenciesInUse(client);
  const [first, second] = found;
  if (second !== undefined)
    throw new CliError(
      EXIT.usage,
      `The locations count in ${[...found].sort().join(' and ')}. Say with --location ID whose currency the prices are in.`,
    );
  return first;
}

/** Of the open locations, of which a house has fewer than a page; empty where the key may not read them. */
async function currenciesInUse(client: HttpClient): Promise<ReadonlySet<string>> {
  const response = await sent(client, '/v1/business/locations?status=open&limit=1000');
  if (response.status === FORBIDDEN) return new Set();
  const currencies = listMember(bodyOf(response), 'items').map((item) =>
    textMember(item, 'currency'),
  );
  return new Set(currencies.filter((currency) => currency !== undefined));
}

const FORBIDDEN = 403;

async function sent(client: HttpClient, path: string): Promise<HttpResponse> {
  try {
    return await client.send({ method: 'GET', path }, { forMs: RETRY_FOR_MS });
  } catch (error) {
    throw unreachable(error);
  }
}
