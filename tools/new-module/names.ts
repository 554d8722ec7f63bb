/** The name of a module in every form that code and documents use, and whether it may be one. Pure. */
import { RESERVED_MODULE_NAMES } from '../../src/core/module.ts';

export interface Forms {
  readonly kebab: string;
  readonly camel: string;
  readonly pascal: string;
  readonly screaming: string;
  /** In a sentence, and at its beginning. */
  readonly human: string;
  readonly title: string;
}

export interface ModuleNames {
  readonly plural: Forms;
  readonly singular: Forms;
}

/** Of the template folder: two words, so that every form of the name is another text. */
export const TEMPLATE_NAMES: ModuleNames = {
  plural: formsOf('sample-things'),
  singular: formsOf('sample-thing'),
};

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
/** The bound of `defineModule`. */
const NAME_LENGTH_MAX = 40;
/** The name becomes a constant; these cannot be one (ECMAScript 2026, section 12.7.2, and strict mode). */
const WORDS_OF_THE_LANGUAGE = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof var void while with yield'
  ).split(' '),
);

/**
 * The names of a new module. `taken` are the names of modules there are. Returns a sentence for the user when the name
 * cannot be used.
 */
export function namesOf(
  plural: string,
  options: { readonly singular?: string | undefined; readonly taken: readonly string[] },
): ModuleNames | string {
  const singular = options.singular ?? singularOf(plural);
  for (const name of [plural, singular])
    if (!NAME.test(name) || name.length < 2 || name.length > NAME_LENGTH_MAX)
      return (
        `"${name}" cannot be the name of a module: use 2 to ${NAME_LENGTH_MAX} lower-case letters and digits in ` +
        'words joined by hyphens, in the plural, such as gift-vouchers.'
      );
  if (RESERVED_MODULE_NAMES.has(plural) || WORDS_OF_THE_LANGUAGE.has(plural))
    return `"${plural}" is reserved: it is an address of the server or a word of the language. Choose another name.`;
  if (options.taken.includes(plural))
    return `There is a module ${plural} already, in src/modules/${plural}.`;
  const near = options.taken.find((name) => singularOf(name) === singular);
  if (near !== undefined)
    return `The events of "${plural}" would have the names of those of ${near}. Choose another name.`;
  if (plural === TEMPLATE_NAMES.plural.kebab)
    return `"${plural}" is the name that the template uses. Choose another name.`;
  return { plural: formsOf(plural), singular: formsOf(singular) };
}

/** Good enough for English; whoever needs another word says it. */
export function singularOf(plural: string): string {
  if (/[^aeiou]ies$/.test(plural)) return plural.replace(/ies$/, 'y');
  if (/(?:ss|x|ch|sh|z)es$/.test(plural)) return plural.replace(/es$/, '');
  if (/[^s]s$/.test(plural)) return plural.replace(/s$/, '');
  return plural;
}

export function formsOf(kebab: string): Forms {
  const words = kebab.split('-');
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  const pascal = words.map(capital).join('');
  const human = words.join(' ');
  return {
    kebab,
    pascal,
    camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    screaming: words.join('_').toUpperCase(),
    human,
    title: capital(human),
  };
}

/** `text` of the template with the new names in place of its own. */
export function renamed(text: string, names: ModuleNames): string {
  let result = text;
  // The plural contains the singular, so it goes first.
  for (const number of ['plural', 'singular'] as const) {
    const from = TEMPLATE_NAMES[number];
    const to = names[number];
    const article = /^[aeiou]/.test(to.human) ? 'an' : 'a';
    result = result
      .replaceAll(`a ${from.human}`, `${article} ${to.human}`)
      .replaceAll(from.screaming, to.screaming)
      .replaceAll(from.pascal, to.pascal)
      .replaceAll(from.camel, to.camel)
      .replaceAll(from.kebab, to.kebab)
      .replaceAll(from.title, to.title)
      .replaceAll(from.human, to.human);
  }
  // Invariants are numbered after the first letter of the name.
  const initial = names.plural.title.charAt(0);
  return result.replaceAll(/\bS(\d)\b/g, `${initial}$1`);
}
