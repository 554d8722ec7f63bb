import { ask } from '../answers.ts';
import type { HttpClient } from '../http-client.ts';
import { listMember, member, textMember } from '../json.ts';

/** As many as a page may have. */
const PAGE = 1000;

/** Everything that a list has, page by page. Errors: CliError. */
export async function* allItems(
  client: HttpClient,
  path: string,
  query: Readonly<Record<string, string>> = {},
): AsyncGenerator<unknown, void> {
  let after: string | undefined;
  for (;;) {
    const asked = new URLSearchParams({ ...query, limit: String(PAGE) });
    if (after !== undefined) asked.set('after', after);
    const page = await ask(client, { method: 'GET', path: `${path}?${asked.toString()}` });
    yield* listMember(page, 'items');
    after = textMember(page, 'next');
    if (member(page, 'more') !== true) return;
  }
}
