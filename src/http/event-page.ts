/** Pages of events as bytes: events are rendered from their original bytes and spliced, never parsed. */
import { renderEventJson, type RenderOptions } from '../core/event-json.ts';
import type { StoredEvent } from '../core/event.ts';

/** A page ends here even when fewer events were asked for than `limit`: events may have a mebibyte each. */
export const PAGE_BYTES_MAX = 8 * 1024 * 1024;

const encoder = new TextEncoder();
const COMMA = encoder.encode(',');

export interface RenderedPage {
  readonly body: Uint8Array;
  /** Events that fit; fewer than given when the page was full. */
  readonly count: number;
}

/** What stands behind the events of a page. */
export interface PageRest {
  readonly next: string;
  readonly more: boolean;
  readonly newer?: string;
}

/**
 * `{"events":[...],"next":...,"more":...}`. `rest` says, for the number of events that fitted, what `next` and `more`
 * are. At least one event is taken, whatever its size.
 */
export function renderPage(
  events: readonly StoredEvent[],
  rest: (count: number) => PageRest,
  options: RenderOptions = {},
): RenderedPage {
  const parts: Uint8Array[] = [encoder.encode('{"events":[')];
  let bytes = 0;
  let count = 0;
  for (const event of events) {
    const rendered = renderEventJson(event, options);
    if (count > 0 && bytes + rendered.length > PAGE_BYTES_MAX) break;
    if (count > 0) parts.push(COMMA);
    parts.push(rendered);
    bytes += rendered.length;
    count += 1;
  }
  // `],` and the members without the brace that opens them.
  parts.push(encoder.encode(`],${JSON.stringify(rest(count)).slice(1)}`));
  return { body: Buffer.concat(parts), count };
}
