import type { AppendUnit } from './append-unit.ts';
import { streamKey } from './plan-decided.ts';
import type { StreamPlace } from './read-stream.ts';

/**
 * A caller's expected version up to here is taken as its word: beyond it no stream has so many events, and what is
 * no version at all is not packed.
 */
const PRESUMED_VERSION_MAX = 2_147_483_647n;

export interface LoadedVersions {
  readonly streams: ReadonlyMap<string, StreamPlace & { readonly version: number }>;
  /** Whether some version is its caller's word. */
  readonly presumed: boolean;
}

export interface VersionSources {
  /** Version as of the known head of a stream this process appended to since, by `streamKey`. */
  knownVersion(key: string): number | undefined;
  /** Versions of streams as of the known head or later. */
  versions(streams: readonly StreamPlace[]): Promise<readonly number[]>;
}

/**
 * The version of every stream that the units name. One not known here is presumed to be what its first unit expects,
 * which spares a round trip; the append verifies it under the lock. A thorough plan reads it.
 */
export async function loadVersions(
  units: readonly AppendUnit[],
  sources: VersionSources,
  thorough: boolean,
): Promise<LoadedVersions> {
  const streams = new Map<string, StreamPlace & { readonly version: number }>();
  const asked = new Map<string, StreamPlace>();
  let presumed = false;
  for (const unit of units) {
    if (unit.kind !== 'decided') continue;
    const { tenant } = unit.append;
    for (const { stream, expectedVersion } of unit.append.streams) {
      const key = streamKey(tenant, stream);
      if (streams.has(key) || asked.has(key)) continue;
      const known = sources.knownVersion(key);
      if (known !== undefined) streams.set(key, { tenant, stream, version: known });
      else if (!thorough && expectedVersion >= 0n && expectedVersion <= PRESUMED_VERSION_MAX) {
        streams.set(key, { tenant, stream, version: Number(expectedVersion) });
        presumed = true;
      } else asked.set(key, { tenant, stream });
    }
  }
  if (asked.size > 0) {
    const versions = await sources.versions([...asked.values()]);
    let index = 0;
    for (const [key, place] of asked)
      streams.set(key, { ...place, version: versions[index++] ?? 0 });
  }
  return { streams, presumed };
}
