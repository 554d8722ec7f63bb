/**
 * Cocktail recipes as a JSON array of {name, glass, category?, ingredients, garnish?, preparation?}, where an ingredient
 * is {unit, amount, ingredient, label?} or {special}: a text such as "2 dashes of bitters".
 */
import { ask } from '../answers.ts';
import { CliError, EXIT } from '../command.ts';
import type { HttpClient } from '../http-client.ts';
import { listMember, member, textMember } from '../json.ts';
import type { ImportKind, ImportReport } from './kind.ts';
import { showDone } from './progress.ts';
import { readText } from './read-file.ts';

/** What the server takes at once. */
const BATCH = 200;
const PAGE = 1000;
/** The texts of these files have no language of their own. */
const LANGUAGE = 'en';

export const cocktails: ImportKind = {
  name: 'cocktails',
  summary: 'recipes as JSON: name, glass, ingredients, garnish and preparation',
  async run({ client, file, command }) {
    const recipes = parsed(readText(file), file).map(recipeOf);
    const ids = new Set<string>();
    const rejections: { where: string; detail: string }[] = [];
    let created = 0;
    let unchanged = 0;
    let cursor: string | undefined;
    for (let at = 0; at < recipes.length; at += BATCH) {
      if (command.signal.aborted)
        throw new CliError(EXIT.interrupted, 'Stopped. Run it again to import the rest.');
      const answer = await ask(client, {
        method: 'POST',
        path: '/v1/catalog/recipes/imports',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ recipes: recipes.slice(at, at + BATCH) }),
      });
      created += Number(member(answer, 'created') ?? 0);
      unchanged += Number(member(answer, 'unchanged') ?? 0);
      cursor = textMember(answer, 'cursor') ?? cursor;
      for (const result of listMember(answer, 'results'))
        if (textMember(result, 'status') === 'rejected')
          rejections.push(rejectionOf(result, at + 1));
        else ids.add(textMember(result, 'id') ?? '');
      const done = Math.min(at + BATCH, recipes.length);
      showDone(command.terminal, { done, all: recipes.length, of: 'recipes' });
    }
    return report(await countListed(client, ids, cursor), { created, unchanged, rejections });
  },
};

function report(
  listed: number,
  counts: Pick<ImportReport, 'rejections'> & { created: number; unchanged: number },
): ImportReport {
  const { created, unchanged, rejections } = counts;
  return {
    json: { recipes: listed, created, unchanged },
    text: `${listed} recipes: ${created} created, ${unchanged} unchanged`,
    rejections,
  };
}

function parsed(text: string, file: string): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CliError(EXIT.failed, `${file} is not JSON.`, { cause: error });
  }
  if (!Array.isArray(value)) throw new CliError(EXIT.failed, `${file} is not an array of recipes.`);
  return value;
}

/** As the catalog takes it. What is not of the form goes through as it is, and the server says what is wrong. */
function recipeOf(given: unknown): object {
  const inLanguage = (name: string): object => {
    const text = textMember(given, name);
    return text === undefined ? {} : { [LANGUAGE]: text };
  };
  const optional = (name: string): object | undefined =>
    textMember(given, name) === undefined ? undefined : inLanguage(name);
  // JSON leaves out what is undefined.
  return {
    name: inLanguage('name'),
    kind: textMember(given, 'category'),
    glass: textMember(given, 'glass'),
    ingredients: listMember(given, 'ingredients').map(ingredientOf),
    garnish: optional('garnish'),
    method: optional('preparation'),
  };
}

function ingredientOf(given: unknown): object {
  const special = textMember(given, 'special');
  if (special !== undefined) return { name: special };
  return {
    name: textMember(given, 'ingredient'),
    label: textMember(given, 'label'),
    amount: member(given, 'amount'),
    unit: textMember(given, 'unit'),
  };
}

function rejectionOf(result: unknown, first: number): { where: string; detail: string } {
  const where = `recipe ${first + Number(member(result, 'index') ?? 0)}`;
  const [error] = listMember(result, 'errors');
  const detail = `${textMember(error, 'at') ?? ''} ${textMember(error, 'message') ?? ''}`.trim();
  return { where, detail: detail === '' ? 'cannot be used' : detail };
}

/** How many of these the list of recipes has, once it has seen what the import did. */
async function countListed(
  client: HttpClient,
  ids: ReadonlySet<string>,
  cursor: string | undefined,
): Promise<number> {
  let count = 0;
  let after: string | undefined;
  for (;;) {
    const query = new URLSearchParams({ limit: String(PAGE) });
    if (cursor !== undefined) query.set('wait', cursor);
    if (after !== undefined) query.set('after', after);
    const page = await ask(client, {
      method: 'GET',
      path: `/v1/catalog/recipes?${query.toString()}`,
    });
    for (const item of listMember(page, 'items'))
      if (ids.has(textMember(item, 'id') ?? '')) count += 1;
    after = textMember(page, 'next');
    if (member(page, 'more') !== true) return count;
  }
}
