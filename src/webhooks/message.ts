/** What goes over the wire for an event: its id for the receiver and its bytes. */
import { createHash } from 'node:crypto';
import { DataKind, type StoredEvent } from '../core/event.ts';
import { renderEventJson } from '../core/event-json.ts';
import type { Delivery } from './delivery.ts';

export const MESSAGE_CONTENT_TYPE = 'application/cloudevents+json';

/**
 * Largest event that is sent whole: the size that every receiver of CloudEvents should take (CloudEvents 1.0, "Size
 * Limits"). The webhook specification advises less still. A larger one goes as a notice: its attributes, no data, and
 * the extension `dataref` (CloudEvents "Dataref", the claim check pattern) that says where to read it.
 */
export const PAYLOAD_BYTES_MAX = 64 * 1024;

const ID_DIGITS = 32;

/**
 * The webhook-id: the same for the same event and endpoint, however often it is worked out. The event's own identity is
 * part of it, since after a restore another event may stand at the same position.
 */
export function messageIdOf(
  endpointId: string,
  event: Pick<StoredEvent, 'tenant' | 'bucket' | 'position' | 'source' | 'id'>,
): string {
  const identity = [
    endpointId,
    event.tenant,
    event.bucket,
    event.position.toString(),
    event.source,
    event.id,
  ];
  const hash = createHash('sha256').update(JSON.stringify(identity)).digest('hex');
  return `msg_${hash.slice(0, ID_DIGITS)}`;
}

/** The event in CloudEvents structured JSON, or the notice of it when it is larger than PAYLOAD_BYTES_MAX. */
export function bodyOf(event: StoredEvent): Uint8Array {
  if (event.dataKind === DataKind.sealed) throw new TypeError('sealed data was not revealed');
  const whole = renderEventJson(event);
  return whole.length <= PAYLOAD_BYTES_MAX ? whole : renderEventJson(noticeOf(event));
}

function noticeOf(event: StoredEvent): StoredEvent {
  const { id, source } = event;
  const query = new URLSearchParams({ id, source }).toString();
  const member = `"dataref":${JSON.stringify(`/v1/events?${query}`)}`;
  const others = (event.extensionsJson ?? '{}').slice(1, -1);
  return {
    tenant: event.tenant,
    bucket: event.bucket,
    position: event.position,
    recordedAtMicros: event.recordedAtMicros,
    id,
    source,
    type: event.type,
    subject: event.subject,
    time: event.time,
    dataContentType: event.dataContentType,
    dataSchema: event.dataSchema,
    extensionsJson: others.trim() === '' ? `{${member}}` : `{${others},${member}}`,
    dataKind: DataKind.none,
    data: new Uint8Array(0),
    decided: event.decided,
    stream: event.stream,
    streamVersion: event.streamVersion,
  };
}

export const TEST_TYPE = 'comptoir.webhook.test.v1';

/** The event of a test message, which stands in no log. */
export function testBodyOf(delivery: Delivery): Uint8Array {
  return Buffer.from(
    JSON.stringify({
      specversion: '1.0',
      id: delivery.deliveryId,
      source: `/comptoir/webhooks/${delivery.endpointId}`,
      type: TEST_TYPE,
      time: delivery.createdAt,
      datacontenttype: 'application/json',
      data: { test: true },
    }),
  );
}
