/** What a party of the evening orders: lines as a till sends them, drinks at once, then two courses. Pure. */
import type { DemoRandom } from './demo-random.ts';
import { choose, type Chosen } from './history-lines.ts';

export interface SentLine {
  readonly productId: string;
  readonly variantId?: string;
  readonly quantity: number;
  readonly modifiers: readonly { readonly optionId: string; readonly quantity: number }[];
  /** Of the ordinary list: where another one holds, the refusal says so and the line is sent again. */
  readonly expectedPrice: number;
  readonly course?: number;
}

const DRINKS = ['cocktails', 'cocktails', 'wine', 'beer', 'soft-drinks'];
const COUNTER = ['hot-drinks', 'hot-drinks', 'soft-drinks', 'desserts'];

export function orderFor(
  party: { readonly guests: number; readonly courses: boolean },
  random: DemoRandom,
): readonly SentLine[] {
  const { guests, courses } = party;
  const each = (categories: readonly string[], course?: number): readonly SentLine[] =>
    Array.from({ length: guests }, () => lineOf(choose(random.one(categories), random), course));
  if (!courses) return merged(each(COUNTER));
  const shared = lineOf(choose('starters', random), 1);
  return merged([...each(DRINKS), shared, ...each(['mains'], 2)]);
}

function lineOf({ product, variantId, options, price }: Chosen, course?: number): SentLine {
  return {
    productId: product.id,
    ...(variantId === undefined ? {} : { variantId }),
    quantity: 1,
    modifiers: options.map(({ optionId }) => ({ optionId, quantity: 1 })),
    expectedPrice: price,
    ...(course === undefined ? {} : { course }),
  };
}

/** Two of the same are one line of two. */
function merged(lines: readonly SentLine[]): readonly SentLine[] {
  const byContent = new Map<string, SentLine>();
  for (const line of lines) {
    const key = JSON.stringify(line);
    const held = byContent.get(key);
    byContent.set(key, held === undefined ? line : { ...held, quantity: held.quantity + 1 });
  }
  return [...byContent.values()];
}
