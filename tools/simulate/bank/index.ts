import { defineModule, type BusinessModule } from '../../../src/core/module.ts';
import { defineAccounts } from './accounts.ts';
import { defineBalances, defineFlows } from './balances.ts';
import type { Defects } from './defects.ts';
import { bonusOnPoints, earnOnDeposit, releaseWhenDue, rewards } from './rewards.ts';

export {
  ACCOUNT_EVENTS,
  deposited,
  received,
  type AccountEvent,
  type AccountState,
} from './accounts.ts';
export type { BalanceRow } from './balances.ts';
export { BALANCES_POISON, FLOWS_POISON, POLICY_POISON, type Defects } from './defects.ts';
export { POINTS_FOR_BONUS, pointEarned, type HoldsState } from './rewards.ts';

/** The bank as one release of its code: state and read models are of that version. */
export function bankOf(version: number, defects: Defects): BusinessModule {
  const list = defineBalances(version, defects);
  return defineModule({
    name: 'accounts',
    title: 'Accounts',
    summary: 'A small bank that the simulator runs.',
    aggregates: [
      { aggregate: defineAccounts(version), singular: 'account', list },
      { aggregate: rewards, singular: 'reward', list },
    ],
    readModels: [defineFlows(version, defects)],
    policies: [earnOnDeposit(defects), bonusOnPoints, releaseWhenDue],
  });
}
