/** Names of tiers out of the rules of the programme that is in force. Pure. */
import type { Language } from '../../words/define-words.ts';
import { textIn } from '../menu/menu-types.ts';

/** The tier that everybody begins in; it is none of the rules. */
export const STANDARD = 'standard';

interface Programme {
  readonly inForce?: boolean | null;
  readonly rules?: unknown;
}

interface Level {
  readonly tierId: string;
  readonly name: string;
  readonly names?: Readonly<Record<string, string>>;
}

/** In the language where the house wrote the name in it, else as it calls the tier. */
export function tierNames(
  programmes: readonly Programme[],
  language: Language,
): ReadonlyMap<string, string> {
  const rules = programmes.find(({ inForce }) => inForce === true)?.rules;
  // safe because the list keeps the rules as the command took them
  const levels = (rules as { readonly tiers: { readonly levels: readonly Level[] } } | undefined)
    ?.tiers.levels;
  return new Map(
    (levels ?? []).map(({ tierId, name, names = {} }) => {
      const isWritten = Object.keys(names).some((tag) => tag.startsWith(language));
      return [tierId, isWritten ? textIn(names, language) : name];
    }),
  );
}
