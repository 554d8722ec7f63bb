/** What the log of this process made durable, counted once a batch: a handful of additions beside a commit. */
import { createLatencyRecorder, type LatencyRecorder } from './latency.ts';

export interface AppendMeter {
  note(batch: { readonly events: number; readonly ms: number }): void;
  /** Events since the process started. */
  readonly events: number;
  /** One record a batch; whoever reads them resets them. */
  readonly latencies: LatencyRecorder;
}

export function createAppendMeter(): AppendMeter {
  const latencies = createLatencyRecorder();
  let total = 0;
  return {
    note({ events, ms }) {
      total += events;
      latencies.record(ms);
    },
    get events() {
      return total;
    },
    latencies,
  };
}
