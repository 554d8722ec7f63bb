import { cocktails } from './cocktails.ts';
import type { ImportKind } from './kind.ts';
import { products } from './products.ts';

/** In the order of the help. */
export const IMPORT_KINDS: readonly ImportKind[] = [cocktails, products];
