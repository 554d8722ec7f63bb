import { contentOfDraft } from '../../core/content-equality.ts';
import type { EventDraft, StoredEvent } from '../../core/event.ts';

export type Place = Pick<StoredEvent, 'tenant' | 'bucket' | 'position' | 'recordedAtMicros'>;

/** The draft as stored at `place`: plain values and a copy of the data, independent of the request's bytes. */
export function storedEventOf(
  draft: EventDraft,
  place: Place,
  decided?: { readonly stream: string; readonly streamVersion: bigint },
): StoredEvent {
  const content = contentOfDraft(draft);
  return Object.freeze({
    ...place,
    ...content,
    // `slice` of a Buffer is a view.
    data: Uint8Array.from(content.data),
    decided: decided !== undefined,
    stream: decided?.stream ?? null,
    streamVersion: decided?.streamVersion ?? 0n,
  });
}
