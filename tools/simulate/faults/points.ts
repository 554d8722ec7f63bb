/** The points at which a process may end: before or after each call of what it shares with others, and inside policies. */
const SUBSCRIPTION_STORE = ['begin', 'readOne', 'advance', 'beside', 'lease', 'release'];
const POLICY_STORE = [
  'states',
  'parkedLanes',
  'commit',
  'timer',
  'removeTimer',
  'firstParked',
  'unpark',
  'parkAgain',
];
const PROJECTION_STORE = [
  'change',
  'checkpoint',
  'claim',
  'claims',
  'commitChunk',
  'commitParked',
  'advance',
  'parkedOf',
  'clearPerson',
];
const KEYS = ['createKeys', 'readKeys', 'putErasure', 'destroyKey', 'finishErasure'];
const LOG = [
  'appendDecided',
  'recordAnswer',
  'findAnswer',
  'findCommand',
  'readStream',
  'readBatches',
];

export const CRASH_POINTS: readonly string[] = [
  ...LOG.map((method) => `log.${method}`),
  // The append and the commits are where most can go wrong: they come up more often.
  'log.appendDecided',
  'log.appendDecided',
  'subscriptions.advance',
  'projections.commitChunk',
  ...['find', 'save', 'forget'].map((method) => `snapshots.${method}`),
  ...SUBSCRIPTION_STORE.map((method) => `subscriptions.${method}`),
  ...POLICY_STORE.map((method) => `policies.${method}`),
  ...PROJECTION_STORE.map((method) => `projections.${method}`),
  ...KEYS.map((method) => `keys.${method}`),
  ...['enqueueAll', 'cancel'].map((method) => `jobs.${method}`),
  'database.query',
  ...['before-command', 'after-command', 'before-checkpoint', 'after-timer'].map(
    (point) => `policy ${point}`,
  ),
];
