import { LATENCY_BUCKETS_SECONDS, type Labels, type MetricRegistry } from '../core/metrics.ts';

export interface PipelineMetrics {
  /** `outcome`: done, replayed, refused, or the code of a failure. */
  command(name: CommandName, outcome: string, seconds: number): void;
  conflict(module: string): void;
  cacheLookUp(hit: boolean): void;
  unknownEvent(module: string): void;
  snapshotWritten(): void;
  snapshotIgnored(): void;
}

export interface CommandName {
  readonly module: string;
  readonly command: string;
}

const HIT: Labels = { result: 'hit' };
const MISS: Labels = { result: 'miss' };

export function definePipelineMetrics(
  registry: MetricRegistry,
  waiting: () => number,
): PipelineMetrics {
  const commands = registry.counter({
    name: 'comptoir_commands_total',
    help: 'Commands handled, by what became of them.',
    labels: ['module', 'command', 'outcome'],
  });
  const seconds = registry.histogram({
    name: 'comptoir_command_seconds',
    help: 'Time from taking a command in to its answer.',
    labels: ['module'],
    buckets: LATENCY_BUCKETS_SECONDS,
  });
  const conflicts = registry.counter({
    name: 'comptoir_command_conflicts_total',
    help: 'Commands decided again because another process had appended to their stream first.',
    labels: ['module'],
  });
  const lookUps = registry.counter({
    name: 'comptoir_command_state_lookups_total',
    help: 'States of streams that commands needed, by whether memory had them.',
    labels: ['result'],
  });
  const unknown = registry.counter({
    name: 'comptoir_stream_unknown_events_total',
    help: 'Events of a type that their module does not know, skipped while a stream was folded.',
    labels: ['module'],
  });
  const written = registry.counter({
    name: 'comptoir_snapshots_written_total',
    help: 'Snapshots of streams written.',
  });
  const ignored = registry.counter({
    name: 'comptoir_snapshots_ignored_total',
    help: 'Snapshots that were damaged or did not fit their stream.',
  });
  registry.gauge({
    name: 'comptoir_commands_waiting',
    help: 'Commands that wait for the stream they are for.',
    collect: waiting,
  });
  return {
    command({ module, command }, outcome, elapsed) {
      commands.add(1, { module, command, outcome });
      seconds.observe(elapsed, { module });
    },
    conflict: (module) => conflicts.add(1, { module }),
    cacheLookUp: (hit) => lookUps.add(1, hit ? HIT : MISS),
    unknownEvent: (module) => unknown.add(1, { module }),
    snapshotWritten: () => written.add(1),
    snapshotIgnored: () => ignored.add(1),
  };
}
