/**
 * Refusals as entries of the audit trail, so many and no more: of somebody who is known the first of a minute at once and
 * the rest of that minute as one count; of nobody one entry for each address and minute.
 */
import type { AuditEntry, AuditTrail } from '../core/audit.ts';
import { DEFAULT_TENANT } from '../access/principal.ts';

const WINDOW_MS = 60_000;
/** Some 3 MB. Addresses beyond it are counted together, known callers beyond it are written one by one. */
const COUNTED_MAX = 10_000;
/** The tenant of the installation: whoever is not identified belongs to none. */
const TENANT = DEFAULT_TENANT;

export interface Refusals {
  identified(refusal: AuditEntry): void;
  unidentified(address: string): void;
  /** Writes what was counted so far; by itself each minute. */
  flush(): void;
  close(): void;
}

export function createRefusals(audit: AuditTrail): Refusals {
  const known = new Map<string, { readonly entry: AuditEntry; further: number }>();
  const addresses = new Map<string, number>();
  let others = 0;

  function flush(): void {
    for (const { entry, further } of known.values())
      if (further > 0) audit.note({ ...entry, count: further });
    for (const [address, count] of addresses) audit.note(unknown(address, count));
    if (others > 0) audit.note(unknown(null, others));
    known.clear();
    addresses.clear();
    others = 0;
  }

  const timer = setInterval(flush, WINDOW_MS);
  timer.unref();
  return {
    identified(entry) {
      const { tenant, actor, address, route, code } = entry;
      const name = JSON.stringify([tenant, actor, address, route, code]);
      const counted = known.get(name);
      if (counted !== undefined) {
        counted.further += 1;
        return;
      }
      if (known.size < COUNTED_MAX) known.set(name, { entry, further: 0 });
      audit.note(entry);
    },
    unidentified(address) {
      const count = addresses.get(address);
      if (count === undefined && addresses.size >= COUNTED_MAX) others += 1;
      else addresses.set(address, (count ?? 0) + 1);
    },
    flush,
    close() {
      clearInterval(timer);
      flush();
    },
  };
}

function unknown(address: string | null, count: number): AuditEntry {
  return {
    tenant: TENANT,
    class: 'security',
    action: 'request.unauthenticated',
    actor: null,
    address,
    count,
    code: 'UNAUTHENTICATED',
  };
}
