/** What is shown in README and docs: a screen, its width, its look, and what is opened on it. */
import type { BrowserContext, Page } from 'playwright-core';

export interface Scene {
  /** Of the file. */
  readonly name: string;
  readonly path: string | ((context: BrowserContext) => Promise<string>);
  readonly width: number;
  readonly dark: boolean;
  /** Done on the page before it is taken. */
  readonly before?: (page: Page) => Promise<void>;
}

const WIDE = { width: 1280, dark: false } as const;
const NIGHT = { width: 1280, dark: true } as const;
const PHONE = { width: 390, dark: false } as const;

export const SCENES: readonly Scene[] = [
  { name: 'today', path: '/today', ...WIDE },
  { name: 'floor', path: '/floor', ...NIGHT },
  { name: 'order', path: openOrder, ...WIDE },
  { name: 'kitchen', path: '/kitchen', ...NIGHT },
  { name: 'reservations', path: '/reservations', ...WIDE },
  { name: 'guests', path: '/guests', ...WIDE },
  { name: 'menu', path: '/menu', ...WIDE },
  { name: 'events', path: '/events', ...WIDE, before: openEvent },
  { name: 'stream', path: async (context) => `/streams/orders/${await orderId(context)}`, ...WIDE },
  { name: 'projections', path: '/projections', ...WIDE },
  { name: 'access', path: '/access', ...WIDE },
  { name: 'public-menu', path: '/public/demo/menu', ...PHONE },
  { name: 'public-book', path: '/public/demo/book', ...PHONE },
];

async function orderId({ request }: BrowserContext): Promise<string> {
  const answer = await request.get('/v1/orders?status=open');
  // safe because the list of orders has this shape
  const { items } = (await answer.json()) as { readonly items: readonly { readonly id: string }[] };
  return encodeURIComponent(items[0]?.id ?? 'none');
}

async function openOrder(context: BrowserContext): Promise<string> {
  return `/order/${await orderId(context)}`;
}

async function openEvent(page: Page): Promise<void> {
  await page.getByRole('grid').getByRole('row').nth(2).click();
  await page.getByRole('dialog').waitFor();
}
