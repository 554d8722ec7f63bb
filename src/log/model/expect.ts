/** Words for what a check found. */
import type { StoredEvent } from '../../core/event.ts';
import type { AnswerRecord } from '../log.ts';

export function describeEvent(event: StoredEvent): string {
  const place = `${event.bucket}/${event.position} at ${event.recordedAtMicros}`;
  const stream = event.stream === null ? '' : ` ${event.stream}@${event.streamVersion}`;
  return `${place} ${event.tenant} ${event.source} ${event.id}${stream}`;
}

export function describeAnswer({ key, body }: AnswerRecord): string {
  return `answer ${Buffer.from(key).toString('hex', 0, 4)} ${Buffer.from(body).toString()}`;
}

export function expectThat(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}
