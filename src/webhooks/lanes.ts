/**
 * Who may send now. Each endpoint, and each tenant, has a few slots in this process, so that one that hangs holds up
 * only itself. A job that finds no slot waits in its worker if the lane moves fast enough to be worth it; else it is
 * told when to come back. Those times are spread by how fast the lane moves, so ten thousand deliveries to a dead
 * endpoint cost little until they are due.
 */
import { Lane, type LaneOptions } from './lane.ts';

/** Attempts under way at a time in one process; each is a connection and a worker of the job queue. */
export const ATTEMPTS_CONCURRENCY = 64;
/**
 * Of the attempts under way those that use the database at a time: its connections are those of everybody's commands. Each
 * takes some milliseconds before and after the attempt, so four carry several times what the endpoints of a process take.
 */
export const DELIVERY_CONNECTIONS = 4;
/** To all endpoints of a tenant: no tenant takes half of the workers. */
export const TENANT_SLOTS = 24;
/** Lanes that nobody uses say nothing; above this many they are dropped. */
const LANES_KEPT_MAX = 10_000;

export interface LaneName {
  readonly tenant: string;
  /** Unique over all tenants. */
  readonly endpoint: string;
}

export type Admission =
  { readonly kind: 'go'; leave(): void } | { readonly kind: 'later'; readonly atMs: number };

export interface Lanes {
  enter(name: LaneName): Promise<Admission>;
  /** Nothing goes to the endpoint until then, or for a minute at most: its receiver asked for a pause. */
  pause(endpoint: string, untilMs: number): void;
}

export function createLanes(options: Pick<LaneOptions, 'clock'> & Partial<LaneOptions>): Lanes {
  const { clock, monotonicMs = () => performance.now() } = options;
  const lanes = new Map<string, Lane>();
  const busyOfTenant = new Map<string, number>();
  const busyOf = (tenant: string): number => busyOfTenant.get(tenant) ?? 0;

  function laneOf(endpoint: string): Lane {
    const known = lanes.get(endpoint);
    if (known !== undefined) return known;
    if (lanes.size >= LANES_KEPT_MAX)
      for (const [name, lane] of lanes) if (lane.isIdle) lanes.delete(name);
    const lane = new Lane({ clock, monotonicMs });
    lanes.set(endpoint, lane);
    return lane;
  }

  function go(lane: Lane, tenant: string): Admission {
    const end = lane.begin();
    busyOfTenant.set(tenant, busyOf(tenant) + 1);
    let left = false;
    const leave = (): void => {
      if (left) return;
      left = true;
      const rest = busyOf(tenant) - 1;
      if (rest === 0) busyOfTenant.delete(tenant);
      else busyOfTenant.set(tenant, rest);
      end();
    };
    return { kind: 'go', leave };
  }

  return {
    async enter({ tenant, endpoint }) {
      const lane = laneOf(endpoint);
      const isFree = (): boolean => lane.isFree && busyOf(tenant) < TENANT_SLOTS;
      // Whoever was called looks again: a pause or another endpoint of the tenant may have come first.
      while (!isFree())
        if (!lane.isWorthWaiting || !(await lane.turn()))
          return { kind: 'later', atMs: lane.placeMs() };
      return go(lane, tenant);
    },
    pause: (endpoint, untilMs) => laneOf(endpoint).pause(untilMs),
  };
}
