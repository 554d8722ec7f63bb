import type { EventDraft } from '../../../src/core/event.ts';
import { DataKind } from '../../../src/core/event.ts';
import type { Identity } from './patch.ts';
import { patchEvent } from './patch.ts';
import { renderTemplate, ORDER_WIDTH, SUBJECT_PREFIX, ID_WIDTH, TIME_WIDTH } from './template.ts';
import type { EventTemplate } from './template.ts';

/**
 * Templates before their words come round again: 40,000 events of ~540 bytes are 21 MB, far beyond the window of any
 * compressor in use, so the corpus never compresses better for being made from templates.
 */
export const TEMPLATE_COUNT = 40_000;

/** Renders the templates of a seed; ~0.5 s for the full count. */
export function createTemplates(seed: number, count: number = TEMPLATE_COUNT): EventTemplate[] {
  return Array.from({ length: count }, (_, index) => renderTemplate(seed, index));
}

export interface EventRange {
  readonly identity: Identity;
  /** Number of the first event. */
  readonly first: number;
  readonly count: number;
}

/** Events as drafts for the log port, sharing one fresh buffer. */
export function draftsOf(templates: readonly EventTemplate[], range: EventRange): EventDraft[] {
  const chosen = Array.from({ length: range.count }, (_, index) =>
    templateOf(templates, range.first + index),
  );
  const bytes = Buffer.allocUnsafe(
    chosen.reduce((sum, template) => sum + template.bytes.length, 0),
  );
  let base = 0;
  return chosen.map((template, index) => {
    const at = base;
    base += template.bytes.length;
    bytes.set(template.bytes, at);
    const { slots } = template;
    patchEvent(bytes, at, { slots, identity: range.identity, number: range.first + index });
    const subjectStart = at + slots.subjectAt - SUBJECT_PREFIX.length;
    return {
      bytes,
      idStart: at + slots.idAt,
      idEnd: at + slots.idAt + ID_WIDTH,
      source: template.source,
      type: template.type,
      subjectStart,
      subjectEnd: at + slots.subjectAt + ORDER_WIDTH,
      timeStart: at + slots.timeAt,
      timeEnd: at + slots.timeAt + TIME_WIDTH,
      dataContentType: 'application/json',
      dataSchema: null,
      extensionsStart: -1,
      extensionsEnd: -1,
      dataKind: DataKind.json,
      dataBytes: bytes,
      dataStart: at + template.dataStart,
      dataEnd: at + template.dataEnd,
    };
  });
}

/** The template of event `number`; numbers that differ by the count of templates share their words. */
export function templateOf(templates: readonly EventTemplate[], number: number): EventTemplate {
  const template = templates[number % templates.length];
  if (template === undefined) throw new RangeError('a corpus has at least one template');
  return template;
}

/** Event `number` as JSON text. */
export function eventText(
  templates: readonly EventTemplate[],
  event: { readonly identity: Identity; readonly number: number },
): string {
  const template = templateOf(templates, event.number);
  const bytes = Buffer.from(template.bytes);
  patchEvent(bytes, 0, { ...event, slots: template.slots });
  return bytes.toString();
}
