import { canonicalJson } from '../../../core/canonical-json.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { PRICE_LISTS_MAX, type PriceListCommand } from './commands.ts';
import type { PriceListEvent } from './events.ts';
import type { PriceList, PriceListsState } from './state.ts';

export function decide(
  { lists }: PriceListsState,
  command: PriceListCommand,
): Decision<PriceListEvent> {
  const { priceListId } = command.input;
  const known = lists.find((list) => list.priceListId === priceListId);
  if (command.type === 'RemovePriceList') {
    if (known === undefined) return rejected('PRICE_LIST_UNKNOWN', { priceListId });
    return accepted([{ type: 'PriceListRemoved', data: { priceListId } }]);
  }
  const priceList: PriceList = {
    priority: 0,
    channels: [],
    locationIds: [],
    windows: [],
    firstDay: null,
    lastDay: null,
    ...command.input,
  };
  const { firstDay, lastDay } = priceList;
  if (firstDay !== null && lastDay !== null && lastDay < firstDay)
    return rejected('PRICE_LIST_DAYS', { firstDay, lastDay });
  if (known === undefined && lists.length >= PRICE_LISTS_MAX)
    return rejected('PRICE_LISTS_FULL', { most: PRICE_LISTS_MAX });
  if (known !== undefined && canonicalJson(known) === canonicalJson(priceList)) return accepted([]);
  return accepted([{ type: 'PriceListSet', data: { priceList } }]);
}
