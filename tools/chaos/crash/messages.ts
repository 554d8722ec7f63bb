/** What the processes of the crash proof tell one another: a configuration as JSON in argv, messages over IPC. */

export interface TenantAccess {
  readonly tenant: string;
  readonly apiKey: string;
}

/** load.ts; takes the messages 'stop' and 'report', answers with LoadReport. */
export interface LoadConfig {
  readonly url: string;
  readonly seed: string;
  readonly ledgerPath: string;
  readonly tenants: readonly TenantAccess[];
  /** Workers, each with one request in flight, now and then two. */
  readonly connections: number;
  readonly eventsPerSecondMax: number;
}

export interface LoadReport {
  acknowledged: number;
  unknown: number;
}

/** tail.ts; takes TailGoals, writes one TailRecord a line to `recordsPath` and ends. */
export interface TailConfig {
  readonly url: string;
  readonly seed: string;
  readonly recordsPath: string;
  readonly tails: readonly TailPlan[];
}

export interface TailPlan extends TenantAccess {
  readonly name: string;
  /** Cursor from before the first event. */
  readonly after: string;
  /** Chance, at each message, that the reader breaks its own connection. */
  readonly breakShare: number;
}

/** Position of each tenant's last event: a tail that has seen it is done. */
export type TailGoals = Readonly<Record<string, number>>;

export const KILL_TARGETS = ['server', 'postgres', 'both'] as const;
export type KillTarget = (typeof KILL_TARGETS)[number];

/** killer.ts; sends KillerReady, waits for 'go', sends a KillReport per kill, then 'done'; ends the server at 'stop'. */
export interface KillerConfig {
  readonly seed: string;
  readonly kills: number;
  readonly targets: readonly KillTarget[];
  readonly dataDir: string;
  readonly entry?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export interface KillerReady {
  readonly url: string;
  readonly apiKey: string;
}

export interface KillReport {
  readonly kill: number;
  readonly target: KillTarget;
  /** From the kill until /health/ready answered 200 again. */
  readonly downMs: number;
}
