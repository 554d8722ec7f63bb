/** Defects of the bank's own code, repaired while it runs: what they meet is parked and answered later. */
export interface Defects {
  /** The policy throws on deposits of POLICY_POISON. */
  policy: boolean;
  /** The read model of balances throws on deposits of BALANCES_POISON, that of flows on transfers of FLOWS_POISON. */
  readModels: boolean;
}

export const POLICY_POISON = 17;
export const BALANCES_POISON = 13;
export const FLOWS_POISON = 11;
