/** What the parts of a process are made of, and what is opened over them before the door opens. */
import type { Access } from './access/create-access.ts';
import type { Demo } from './app-demo.ts';
import type { Files } from './app-files.ts';
import type { Frame, FrameParts } from './app-frame.ts';
import type { Audit } from './audit/create-audit-trail.ts';
import type { RunningDocuments } from './documents/documents.ts';
import type { Route } from './http/route.ts';
import type { DeadLetters } from './ingest/dead-letters/dead-letters.ts';
import type { ReceivedSealer } from './ingest/received-sealer.ts';
import type { Schemas } from './ingest/schemas/schemas.ts';
import type { Erasure } from './personal-data/erase.ts';
import type { AppendMeter } from './platform/telemetry/append-meter.ts';
import type { TelemetryRegistry } from './platform/telemetry/metrics.ts';

export interface Services {
  readonly schemas: Schemas;
  readonly deadLetters: DeadLetters;
  readonly sealer: ReceivedSealer;
  readonly erasure: Erasure;
  /** Null where the demo is off. */
  readonly demo?: Demo | null;
  /** What providers and recipients of messages call. */
  readonly messagingRoutes?: readonly Route[];
}

export type Parts = FrameParts & {
  readonly frame: Frame;
  readonly metrics: TelemetryRegistry;
  readonly appends: AppendMeter;
  readonly audit: Audit;
  readonly access: Access;
  readonly files: Files;
  readonly documents: RunningDocuments;
};
