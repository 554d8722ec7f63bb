import { cocktails } from './cocktails.ts';
import { customers } from './customers.ts';
import type { ImportKind } from './kind.ts';
import { orders } from './orders.ts';
import { products } from './products.ts';

/** In the order of the help. */
export const IMPORT_KINDS: readonly ImportKind[] = [orders, cocktails, products, customers];
