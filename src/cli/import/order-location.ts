/** Where imported orders belong: a location that counts in the currency of the file, with prices as they were paid. */
import { ask } from '../answers.ts';
import { CliError, EXIT } from '../command.ts';
import type { HttpClient } from '../http-client.ts';
import { listMember, member, textMember } from '../json.ts';
import { allItems } from './all-items.ts';
import { create } from './order-catalog.ts';

const NAME = 'Import';
const TIME_ZONE = 'UTC';
const TAX_CLASS = 'standard';
/** What a price says is what was paid, whatever tax was in it. */
const NEW_LOCATION = {
  name: NAME,
  timeZone: TIME_ZONE,
  dayCutOff: '00:00',
  taxes: {
    mode: 'inclusive',
    rates: [{ taxClass: TAX_CLASS, channel: null, label: 'none', rate: 0 }],
  },
  languages: ['en'],
};

export interface ImportPlace {
  readonly locationId: string;
  readonly timeZone: string;
  readonly taxClass: string;
}

/**
 * The location asked for; else one with this currency whose prices include tax, that named Import before others; else a
 * new one named Import in UTC. Errors: CliError when the one asked for is unknown or has another currency.
 */
export async function findPlace(
  client: HttpClient,
  { currency, wanted }: { readonly currency: string; readonly wanted: string | undefined },
): Promise<ImportPlace> {
  if (wanted !== undefined) return await placeOf(client, wanted, currency);
  const fitting: { id: string; name: string }[] = [];
  for await (const item of allItems(client, '/v1/business/locations', { status: 'open' }))
    if (textMember(item, 'currency') === currency && textMember(item, 'taxMode') === 'inclusive')
      fitting.push({
        id: textMember(item, 'id') ?? '',
        name: textMember(item, 'name') ?? '',
      });
  const found = fitting.find(({ name }) => name === NAME) ?? fitting[0];
  if (found !== undefined) return await placeOf(client, found.id, currency);
  const made = await create(client, '/v1/business/locations', { ...NEW_LOCATION, currency });
  return { locationId: made, timeZone: TIME_ZONE, taxClass: TAX_CLASS };
}

async function placeOf(
  client: HttpClient,
  locationId: string,
  currency: string,
): Promise<ImportPlace> {
  const path = `/v1/business/locations/${encodeURIComponent(locationId)}`;
  const location = await ask(client, { method: 'GET', path });
  const counted = textMember(location, 'currency');
  if (counted !== currency)
    throw new CliError(
      EXIT.failed,
      `The file has prices in ${currency}, the location ${locationId} counts in ${counted}.`,
    );
  const classes = listMember(member(location, 'taxes'), 'rates').map(
    (rate) => textMember(rate, 'taxClass') ?? '',
  );
  const taxClass = classes.includes(TAX_CLASS) ? TAX_CLASS : (classes[0] ?? TAX_CLASS);
  return { locationId, taxClass, timeZone: textMember(location, 'timeZone') ?? TIME_ZONE };
}
