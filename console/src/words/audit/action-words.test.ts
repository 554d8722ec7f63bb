import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ACTIONS as BREAKABLE } from '../../../../src/demo/break-it/actions.ts';
import { MODULES } from '../../../../src/modules/index.ts';
import { LANGUAGES } from '../define-words.ts';
import { namesOf } from '../names/lookup.ts';
import { loadNames } from '../names/parts.ts';
import { ACTIONS, actionWords, hasWords } from './action-words.ts';

const SOURCES = join(import.meta.dirname, '../../../../src');
const CATEGORIES = new Set(
  MODULES.flatMap(({ aggregates }) => aggregates.map(({ aggregate }) => aggregate.category)),
);

/** What the server composes, by how it is written there. Reads of aggregates are composed of their categories. */
const COMPOSED: Readonly<Record<string, readonly string[]>> = {
  'webhook.${SWITCHED[verb]}': ['webhook.enabled', 'webhook.disabled', 'webhook.resumed'],
  'demo.${action.name}': BREAKABLE.map(({ name }) => `demo.${name}`),
  'approval.${decision}': ['approval.approved', 'approval.refused'],
  '${kind}.printed': ['invoice.printed', 'credit-note.printed', 'receipt.printed'],
};

function sources(): readonly string[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|\.fixture\.ts$|^client\//.test(path))
    .map((path) => readFileSync(join(SOURCES, path), 'utf8'));
}

const DOTTED = /'([a-z][a-z-]*(?:\.[a-z][a-z-]*)+)'/g;

/** Every action that a text of the server notes, literal or composed. */
function actionsIn(text: string): readonly string[] {
  const places = [
    ...text.matchAll(/\baction: ([^\n]*(?:\n\s+[?:] [^\n]*)*)/g),
    ...text.matchAll(/\bnote(?:Own)?\(([^;]*?)\);/gs),
    ...text.matchAll(/const COMMAND_DONE = \{([^}]*)\}/gs),
  ].map(([, place = '']) => place);
  const literal = places.flatMap((place) =>
    [...place.matchAll(DOTTED)].map(([, name = '']) => name),
  );
  const composed = [...text.matchAll(/\baction: `([^`]+)`/g)].flatMap(
    ([, template = '']) => COMPOSED[template] ?? [`composed: ${template}`],
  );
  return [...literal, ...composed];
}

const NOTED = [...new Set(sources().flatMap(actionsIn))];

describe('what the audit trail says was done', () => {
  test('every action that the server notes has words', () => {
    expect(NOTED.length).toBeGreaterThan(90);
    expect(NOTED.filter((action) => !hasWords(action, CATEGORIES))).toEqual([]);
  });

  test('no words are of an action that is gone', () => {
    expect(Object.keys(ACTIONS).filter((action) => !NOTED.includes(action))).toEqual([]);
  });

  test('an action without words, and a composed one that nobody listed, are seen', () => {
    const seen = actionsIn(
      "audit: { class: 'audit', action: 'cellar.flooded' }, action: `cellar.${word}`",
    );
    expect(seen).toEqual(['cellar.flooded', 'composed: cellar.${word}']);
    expect(seen.filter((action) => hasWords(action, CATEGORIES))).toEqual([]);
  });

  test('words are there in every language', () => {
    for (const names of Object.values(ACTIONS)) {
      expect(names).toHaveLength(LANGUAGES.length);
      expect(names.every((text) => text.trim() !== '')).toBe(true);
    }
  });

  test('a command is told by its own name, a read by the name of what was read', async () => {
    const orders = await loadNames('orders');
    const tell = (entry: Parameters<typeof actionWords>[0]): readonly string[] =>
      LANGUAGES.map((language) => actionWords(entry, language, () => namesOf(orders, language)));
    const after = { command: 'RefundOrder', version: 7 };
    expect(tell({ action: 'command.done', subject: 'orders/1', after })).toEqual(
      LANGUAGES.map((language) => namesOf(orders, language).command('RefundOrder')),
    );
    expect(tell({ action: 'orders.listed' })).toEqual([
      'Read a list: Orders',
      'Odczyt listy: Zamówienia',
      'Leu uma lista: Pedidos',
    ]);
    // Kept by an older release, or by a module that is not here.
    expect(tell({ action: 'cellar.read' })).toEqual(['Cellar read', 'Cellar read', 'Cellar read']);
    expect(tell({ action: 'command.done' })[0]).toBe('Gave a command');
  });
});
