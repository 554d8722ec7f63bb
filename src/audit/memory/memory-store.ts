/** The audit trail in memory: for tests, and the model that the one in PostgreSQL is held against. */
import { FIRST_PLACE, sameBytes, type Chain, type ChainHead, type StoredEntry } from '../chain.ts';
import type {
  AddressCount,
  AppendOutcome,
  AppendRequest,
  AuditStore,
  EntryQuery,
  StoredCheckpoint,
  StoredCut,
  StoredHead,
} from '../store.ts';

interface Kept {
  readonly chain: Chain;
  head: StoredHead;
  entries: StoredEntry[];
  checkpoints: StoredCheckpoint[];
  readonly cuts: StoredCut[];
}

export function createMemoryAuditStore(): AuditStore {
  const chains = new Map<string, Kept>();
  const nameOf = ({ tenant, class: of }: Chain): string => JSON.stringify([tenant, of]);
  const keptOf = (chain: Chain): Kept => {
    const known = chains.get(nameOf(chain));
    if (known !== undefined) return known;
    const head = { ...FIRST_PLACE, recordedAtMicros: 0n, mac: Buffer.alloc(0) };
    const kept: Kept = { chain, head, entries: [], checkpoints: [], cuts: [] };
    chains.set(nameOf(chain), kept);
    return kept;
  };
  return {
    append: async (chain, request) => append(keptOf(chain), request),
    async appendLocked(chain, make) {
      const kept = keptOf(chain);
      return append(kept, make(headOf(kept.head))).head;
    },
    head: async (chain) => chains.get(nameOf(chain))?.head ?? null,
    async chains(after, limit) {
      const names = [...chains.keys()].sort();
      const from = after === null ? names : names.filter((name) => name > nameOf(after));
      return from.slice(0, limit).flatMap((name) => chains.get(name)?.chain ?? []);
    },
    entries: async (chain, after, limit) =>
      keptOf(chain)
        .entries.filter(({ seq }) => seq > after)
        .slice(0, limit),
    find: async (chain, query) => found(keptOf(chain), query).slice(0, query.limit),
    countByAddress: async (chain, { actions, fromMicros, limit }) =>
      counted(keptOf(chain), { actions, fromMicros }).slice(0, limit),
    async putCheckpoints(made) {
      for (const { chain, checkpoint } of made) {
        const kept = keptOf(chain);
        if (kept.checkpoints.some(({ seq }) => seq === checkpoint.seq)) continue;
        kept.checkpoints.push(checkpoint);
        kept.checkpoints.sort(bySeq);
      }
    },
    checkpoints: async (chain, after = 0n) =>
      keptOf(chain).checkpoints.filter(({ seq }) => seq > after),
    cuts: async (chain) => keptOf(chain).cuts,
    async cut(chain, cut) {
      const kept = keptOf(chain);
      if (!kept.cuts.some(({ seq }) => seq === cut.seq)) kept.cuts.push(cut);
      const before = kept.entries.length;
      kept.entries = kept.entries.filter(({ seq }) => seq > cut.seq);
      kept.checkpoints = kept.checkpoints.filter(({ seq }) => seq >= cut.seq);
      return before - kept.entries.length;
    },
  };
}

function append(kept: Kept, request: AppendRequest): AppendOutcome {
  const { expected, bodies, links, mac } = request;
  const { head } = kept;
  if (bodies.length === 0 || head.seq !== expected.seq || !sameBytes(head.link, expected.link)) {
    const next = kept.entries.find(({ seq }) => seq === expected.seq + 1n);
    return { status: 'overtaken', head: headOf(head), nextLink: next?.link ?? null };
  }
  for (const [index, body] of bodies.entries()) {
    const seq = expected.seq + BigInt(index) + 1n;
    const entry = { ...body, seq, link: links[index] ?? Buffer.alloc(0) };
    kept.entries.push(entry);
    kept.head = { ...headOf(entry), mac };
  }
  return { status: 'appended', head: headOf(kept.head) };
}

function found(kept: Kept, query: EntryQuery): StoredEntry[] {
  const { before, fromMicros, toMicros, actor, action, actionPrefixes, address } = query;
  const holds = (entry: StoredEntry): boolean =>
    (before === null || entry.seq < before) &&
    (fromMicros === null || entry.recordedAtMicros >= fromMicros) &&
    (toMicros === null || entry.recordedAtMicros < toMicros) &&
    (actor === null || entry.actor === actor) &&
    (action === null || entry.action === action) &&
    (address === null || (entry.address !== null && sameBytes(entry.address, address))) &&
    (actionPrefixes.length === 0 || actionPrefixes.some((it) => entry.action.startsWith(it)));
  return kept.entries.filter(holds).reverse();
}

function counted(
  kept: Kept,
  of: { readonly actions: readonly string[]; readonly fromMicros: bigint },
): AddressCount[] {
  const counts = new Map<string, AddressCount>();
  for (const entry of kept.entries) {
    const { action, address, recordedAtMicros } = entry;
    if (!of.actions.includes(action) || address === null || recordedAtMicros < of.fromMicros)
      continue;
    const known = counts.get(address.toString('hex'));
    const count = (known?.count ?? 0) + 1;
    const firstAtMicros = known?.firstAtMicros ?? recordedAtMicros;
    counts.set(address.toString('hex'), { count, firstAtMicros, newest: entry });
  }
  const newestFirst = (left: AddressCount, right: AddressCount): number =>
    Number(right.newest.seq - left.newest.seq);
  return [...counts.values()].sort(
    (left, right) => right.count - left.count || newestFirst(left, right),
  );
}

function headOf({ seq, link, recordedAtMicros }: ChainHead): ChainHead {
  return { seq, link, recordedAtMicros };
}

function bySeq(left: StoredCheckpoint, right: StoredCheckpoint): number {
  return Number(left.seq - right.seq);
}
