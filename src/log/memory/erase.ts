import { DataKind } from '../../core/event.ts';
import type { MemoryStorage } from './storage.ts';

const NO_BYTES = new Uint8Array(0);

/** Puts tombstones in place of received events: what `postgres/erase-events.ts` does. */
export function eraseReceived(
  storage: MemoryStorage,
  tenant: string,
  positions: readonly bigint[],
): number {
  const { events } = storage.bucketAt(storage.bucketOf(tenant));
  let erased = 0;
  for (const position of positions) {
    const event = events[Number(position) - 1];
    if (!event || event.decided || event.tenant !== tenant) continue;
    if (event.dataKind === DataKind.erased) continue;
    events[Number(position) - 1] = Object.freeze({
      ...event,
      subject: null,
      dataContentType: null,
      dataSchema: null,
      extensionsJson: '{"erased":true}',
      dataKind: DataKind.erased,
      data: NO_BYTES,
    });
    erased += 1;
  }
  return erased;
}
