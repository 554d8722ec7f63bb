/**
 * Blobs are kept before the event that names them, so a crash between the two leaves blobs that a picture holds which
 * never came to be; one after a removal leaves those of a picture that is gone. Both are found by their holder and let
 * go. The log decides, not the read model: that one only spares reading the streams of pictures that are there.
 */
import type { Blobs, HeldBlob } from '../../../core/blobs.ts';
import { IMAGE_HOLDERS, imageIdOf } from './holder.ts';
import type { ImageState } from './state.ts';

/** An upload, its rendering and its append take a few minutes at most. */
const UNDER_WAY_MS_MAX = 60 * 60 * 1000;
/** Holders looked at together; a picture has up to eight. */
const CHUNK = 800;

export interface LostImageSources {
  readonly blobs: Pick<Blobs, 'release' | 'holders'>;
  readonly nowMs: number;
  /** Those of these images that are listed. */
  listed(tenant: string, imageIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** The newest state. */
  state(tenant: string, imageId: string): Promise<ImageState>;
}

/** Answers with how many blobs were let go. Safe to run again and beside itself. */
export async function releaseLostImages(sources: LostImageSources): Promise<number> {
  let released = 0;
  let chunk: HeldBlob[] = [];
  for await (const held of sources.blobs.holders(IMAGE_HOLDERS)) {
    if (sources.nowMs - held.heldAtMs <= UNDER_WAY_MS_MAX) continue;
    chunk.push(held);
    if (chunk.length < CHUNK) continue;
    released += await releaseLost(sources, chunk);
    chunk = [];
  }
  return released + (await releaseLost(sources, chunk));
}

async function releaseLost(sources: LostImageSources, held: readonly HeldBlob[]): Promise<number> {
  let released = 0;
  for (const [tenant, ofTenant] of Map.groupBy(held, (each) => each.tenant)) {
    const imageIds = [...new Set(ofTenant.flatMap(({ holder }) => imageIdOf(holder) ?? []))];
    const listed = await sources.listed(tenant, imageIds);
    const lost = new Set<string>();
    for (const id of imageIds) {
      if (listed.has(id)) continue;
      const { status } = await sources.state(tenant, id);
      if (status === 'unknown' || status === 'removed') lost.add(id);
    }
    for (const { key, holder } of ofTenant) {
      if (!lost.has(imageIdOf(holder) ?? '')) continue;
      await sources.blobs.release(tenant, { key, holder });
      released += 1;
    }
  }
  return released;
}
