/**
 * What `comptoir doctor` asks of L9 and L10: is the state in a snapshot the fold of the events up to its version. The
 * checksum shows that a snapshot is what was written, not that what was written was right.
 */
import { isDeepStrictEqual } from 'node:util';
import { systemClock } from '../../core/clock.ts';
import { silentLogger } from '../../core/logger.ts';
import { noMetrics } from '../../core/metrics.ts';
import type { BusinessModule } from '../../core/module.ts';
import type { PersonalData } from '../../core/personal-data.ts';
import type { LogReader } from '../../log/log.ts';
import { createCatalogue } from '../catalogue.ts';
import { createStreamLoader, placeOf } from '../load-stream.ts';
import { definePipelineMetrics } from '../pipeline-metrics.ts';
import type { SampledSnapshot } from './sample-snapshots.ts';
import { decodeSnapshot } from './snapshot-codec.ts';
import type { SnapshotStore } from './snapshots.ts';

/** Folding that many streams of SAMPLE_EVENTS_MAX events takes some seconds at most. */
export const SAMPLES = 20;
export const SAMPLE_EVENTS_MAX = 2_000n;

export interface SnapshotCheck {
  readonly compared: number;
  /** Neither tenant nor stream: whoever runs the check need not see them. */
  readonly differing: readonly {
    readonly bucket: number;
    readonly category: string;
    readonly version: string;
  }[];
}

export interface SnapshotCheckParts {
  /** As stored. */
  readonly reader: LogReader;
  readonly personal: PersonalData;
  readonly modules: readonly BusinessModule[];
  readonly snapshots: SnapshotStore;
  /** Snapshots to compare. */
  readonly sample: () => Promise<readonly SampledSnapshot[]>;
}

/**
 * Damaged ones, those of other versions of a module, and those of a stream that ends before them are ignored when streams
 * are loaded, so they are here too.
 */
export async function checkSnapshots(parts: SnapshotCheckParts): Promise<SnapshotCheck> {
  const catalogue = createCatalogue(parts.modules);
  const loader = createStreamLoader({
    ...parts,
    snapshots: NONE,
    metrics: definePipelineMetrics(noMetrics, () => 0),
    logger: silentLogger,
    clock: systemClock,
  });
  const differing: SnapshotCheck['differing'][number][] = [];
  let compared = 0;
  try {
    for (const { bucket, place, snapshot } of await parts.sample()) {
      const slash = place.stream.indexOf('/');
      const category = place.stream.slice(0, slash);
      const known = catalogue.get(category);
      const decoded = decodeSnapshot(place, snapshot);
      if (known?.aggregate.stateVersion !== place.stateVersion || decoded === undefined) continue;
      const stream = placeOf(place.tenant, known, place.stream.slice(slash + 1));
      const { version, eventId } = snapshot;
      const folded = await loader.asOf(stream, { version });
      if (folded.version !== version || folded.eventId !== eventId) continue;
      const isHeld = async (): Promise<boolean> =>
        (await parts.snapshots.find(place))?.version === version;
      // As JSON, which is what a snapshot keeps. One that was forgotten with a person meanwhile proves nothing.
      const equal = isDeepStrictEqual(JSON.parse(JSON.stringify(folded.state)), decoded.state);
      if (!equal && !(await isHeld())) continue;
      compared += 1;
      if (!equal) differing.push({ bucket, category, version: String(version) });
    }
  } finally {
    loader.close();
  }
  return { compared, differing };
}

/** Without snapshots every stream is folded from its first event. */
const NONE: SnapshotStore = {
  find: async () => null,
  save: async () => false,
  forget: async () => [],
};
