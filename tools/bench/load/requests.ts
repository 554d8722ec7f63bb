import { templateOf } from '../corpus/corpus.ts';
import type { Identity } from '../corpus/patch.ts';
import { patchEvent } from '../corpus/patch.ts';
import type { EventTemplate } from '../corpus/template.ts';

/** Requests rendered once; sending one is a copy and a few digits per event. */
export interface RequestSource {
  readonly bytesMax: number;
  /** Writes the request whose first event is `firstEvent` to the start of `target`; returns its length. */
  write(target: Uint8Array, firstEvent: number): number;
}

export interface RequestShape {
  readonly host: string;
  readonly port: number;
  readonly apiKey: string;
  readonly eventsPerRequest: number;
}

interface Rendered {
  readonly bytes: Buffer;
  /** Where each event begins. */
  readonly bases: Int32Array;
  readonly templates: readonly EventTemplate[];
}

/** Renders as many requests as the templates fill; `templates.length` is a multiple of the events per request. */
export function createRequestSource(
  shape: RequestShape,
  templates: readonly EventTemplate[],
  identity: Identity,
): RequestSource {
  const perRequest = shape.eventsPerRequest;
  if (templates.length % perRequest !== 0)
    throw new RangeError(`${templates.length} templates do not fill requests of ${perRequest}`);
  const rendered = Array.from({ length: templates.length / perRequest }, (_, index) =>
    render(shape, templates.slice(index * perRequest, (index + 1) * perRequest)),
  );
  return {
    bytesMax: Math.max(...rendered.map((request) => request.bytes.length)),
    write(target, firstEvent) {
      const request = rendered[Math.floor(firstEvent / perRequest) % rendered.length];
      if (request === undefined) throw new RangeError('no request was rendered');
      target.set(request.bytes, 0);
      for (let index = 0; index < perRequest; index += 1) {
        const { slots } = templateOf(request.templates, index);
        const number = firstEvent + index;
        patchEvent(target, request.bases[index] ?? 0, { slots, identity, number });
      }
      return request.bytes.length;
    },
  };
}

function render(shape: RequestShape, templates: readonly EventTemplate[]): Rendered {
  const isBatch = shape.eventsPerRequest > 1;
  const bodyLength =
    templates.reduce((sum, template) => sum + template.bytes.length, 0) +
    (isBatch ? templates.length + 1 : 0);
  const head = Buffer.from(
    `POST /v1/events HTTP/1.1\r\nHost: ${shape.host}:${shape.port}\r\n` +
      `Authorization: Bearer ${shape.apiKey}\r\n` +
      `Content-Type: application/cloudevents${isBatch ? '-batch' : ''}+json\r\n` +
      `Content-Length: ${bodyLength}\r\n\r\n`,
  );
  const parts: Buffer[] = [head];
  const bases = new Int32Array(templates.length);
  let at = head.length;
  templates.forEach((template, index) => {
    if (isBatch) {
      parts.push(Buffer.from(index === 0 ? '[' : ','));
      at += 1;
    }
    bases[index] = at;
    parts.push(template.bytes);
    at += template.bytes.length;
  });
  if (isBatch) parts.push(Buffer.from(']'));
  return { bytes: Buffer.concat(parts), bases, templates };
}
