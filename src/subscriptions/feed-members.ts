/** Those who stand at the live end of a bucket, by tenant, and the offering of events to them. */
import type { Failure } from '../core/errors.ts';
import type { StoredEvent } from '../core/event.ts';
import type { LogBatch } from '../log/log.ts';
import { conditionCount, matches, type TailFilter } from './tail-filter.ts';
import { createTailIndex, type TailIndex } from './tail-index.ts';

/** What a feed needs to know of a tail. */
export interface FeedMember {
  readonly tenant: string;
  readonly filter: TailFilter;
  /** An event that the member wants, in order of position; the frame is shared and must not be changed. */
  offer(position: bigint, frame: Uint8Array): void;
  /** The round is over: what was offered may be written in one go. Called for members that were offered something. */
  flush(): void;
  /** The feed cannot go on for this member. */
  fail(failure: Failure): void;
}

export interface FeedMembers {
  join(member: FeedMember): void;
  leave(member: FeedMember): void;
  /** Offers the events of the batch behind `after`, each rendered at most once. */
  offerBatch(batch: LogBatch, after: bigint): void;
  /** Ends the round. */
  flush(): void;
  failAll(failure: Failure): void;
}

export function createFeedMembers(render: (event: StoredEvent) => Uint8Array): FeedMembers {
  const tenants = new Map<string, TailIndex<FeedMember>>();
  const offered = new Set<FeedMember>();

  function offerEvent(batch: LogBatch, index: number, tails: TailIndex<FeedMember>): void {
    const position = batch.firstPosition + BigInt(index);
    let event: StoredEvent | null | undefined;
    let frame: Uint8Array | undefined;
    tails.candidates(batch, index, (member) => {
      event ??= batch.eventAt(index);
      // Removed by retention: the position stays, there is nothing to show.
      if (event === null) return;
      if (conditionCount(member.filter) > 1 && !matches(member.filter, event)) return;
      frame ??= render(event);
      member.offer(position, frame);
      offered.add(member);
    });
  }

  return {
    join(member) {
      let tails = tenants.get(member.tenant);
      if (tails === undefined) tenants.set(member.tenant, (tails = createTailIndex()));
      tails.add(member);
    },
    leave(member) {
      const tails = tenants.get(member.tenant);
      tails?.remove(member);
      offered.delete(member);
      if (tails?.size === 0) tenants.delete(member.tenant);
    },
    offerBatch(batch, after) {
      // The first batch of a read may begin before the live point.
      const skip = after >= batch.firstPosition ? Number(after - batch.firstPosition) + 1 : 0;
      for (let index = skip; index < batch.count; index += 1) {
        const tails = tenants.get(batch.tenantAt(index));
        if (tails !== undefined) offerEvent(batch, index, tails);
      }
    },
    flush() {
      for (const member of offered) member.flush();
      offered.clear();
    },
    failAll(failure) {
      // A member that fails leaves, so the sets shrink while they are walked, which sets allow.
      for (const tails of tenants.values()) for (const member of tails.all()) member.fail(failure);
    },
  };
}
