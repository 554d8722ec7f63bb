/** Every route with an id in its address, and what another house has to ask for there: for tests of foreign ids. */
import { readGoldenFiles } from '../../test/golden/golden.ts';
import { jsonDraftOf, type EventDraft } from '../core/event.ts';
import type { Operation } from './openapi.ts';

/** A shape that every aggregate takes, also those whose ids have a place and a day or a table in them. */
export const THEIRS = 'theirs-0001~2026-11-21';
export const NOBODYS = 'nobody-0001~2026-11-21';

export interface Entry {
  readonly name: string;
  readonly method: string;
  /** With the id left open. */
  readonly path: string;
  readonly body: unknown;
}

export const categories = [
  ...new Set(readGoldenFiles().map(({ golden }) => golden.category)),
].sort();

/** The newest golden stream of the category, the longest of them, as one of `THEIRS`. */
export function theirEvents(category: string): EventDraft[] {
  const streams = readGoldenFiles()
    .filter(({ golden }) => golden.category === category)
    .at(-1)?.golden.streams;
  const longest = [...(streams ?? [])].sort((one, other) => other.length - one.length)[0] ?? [];
  return longest.map(({ type, time, data }, index) =>
    jsonDraftOf(
      {
        id: `${category}-${index}`,
        source: `/comptoir/${category.split('.')[0]}`,
        type,
        time,
        subject: THEIRS,
      },
      data,
    ),
  );
}

/** `paths` are those of /openapi.json. */
export function entriesOf(paths: object): readonly Entry[] {
  return Object.entries(paths)
    .filter(([template]) => template.startsWith('/v1/') && template.includes('{id}'))
    .flatMap(([template, methods]) =>
      // safe because the document lists operations by method
      Object.entries(methods as Record<string, Operation>).flatMap(([method, operation]) =>
        (template.includes('{category}') ? categories : ['']).map((category) => ({
          name: `${method.toUpperCase()} ${template} ${category}`.trim(),
          method: method.toUpperCase(),
          path: template.replace('{category}', category).replaceAll(/\{(?!id\})\w+\}/g, '1'),
          body: bodyOf(operation),
        })),
      ),
    );
}

/** That of the example, so that it is the id that is refused and not the body. */
function bodyOf({ requestBody }: Operation): unknown {
  if (requestBody === undefined) return undefined;
  // safe because the document describes bodies so, and what is not there is undefined
  const { content } = requestBody as {
    content: Record<string, { example?: unknown; examples?: Record<string, { value: unknown }> }>;
  };
  const json = content['application/json'];
  return json?.example ?? Object.values(json?.examples ?? {})[0]?.value ?? {};
}
