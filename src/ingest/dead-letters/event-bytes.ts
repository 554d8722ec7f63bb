import { DataKind, type EventDraft } from '../../core/event.ts';

/** The draft as one JSON event (CloudEvents JSON format), JSON data as the bytes it was sent in. */
export function eventBytesOf(draft: EventDraft): Buffer {
  const texts: [string, string | null][] = [
    ['id', textAt(draft, draft.idStart, draft.idEnd)],
    ['source', draft.source],
    ['type', draft.type],
    ['subject', textAt(draft, draft.subjectStart, draft.subjectEnd)],
    ['time', textAt(draft, draft.timeStart, draft.timeEnd)],
    ['datacontenttype', draft.dataContentType],
    ['dataschema', draft.dataSchema],
  ];
  let head = '{"specversion":"1.0"';
  for (const [name, text] of texts) if (text !== null) head += `,"${name}":${JSON.stringify(text)}`;
  const extensions = textAt(draft, draft.extensionsStart, draft.extensionsEnd);
  // The text is an object: without its braces the members join ours.
  if (extensions !== null && extensions.length > 2) head += `,${extensions.slice(1, -1)}`;
  return Buffer.concat([Buffer.from(head), dataMember(draft), Buffer.from('}')]);
}

export function textAt(draft: EventDraft, start: number, end: number): string | null {
  if (start < 0) return null;
  return Buffer.from(draft.bytes.buffer, draft.bytes.byteOffset + start, end - start).toString(
    'utf8',
  );
}

function dataMember(draft: EventDraft): Buffer {
  const { dataBytes, dataStart, dataEnd } = draft;
  const data = Buffer.from(dataBytes.buffer, dataBytes.byteOffset + dataStart, dataEnd - dataStart);
  switch (draft.dataKind) {
    case DataKind.none:
    case DataKind.erased:
      return Buffer.alloc(0);
    case DataKind.json:
    case DataKind.sealed:
      return Buffer.concat([Buffer.from(',"data":'), data]);
    case DataKind.text:
      return Buffer.from(`,"data":${JSON.stringify(data.toString('utf8'))}`);
    case DataKind.binary:
      return Buffer.from(`,"data_base64":"${data.toString('base64')}"`);
  }
}
