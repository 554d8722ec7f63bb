/** The sign of the demo's house: a coupe on the zinc. Drawn here, so nobody else's. Pure. */
import { INK } from './shapes.ts';

const { bottle, cream, honey, line } = INK;

/** A square, so that it stands as well at the head of a page as on a receipt. */
export const DEMO_LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 320" width="640" height="640">' +
  `<rect width="320" height="320" fill="${bottle}"/>` +
  `<path d="M88 72h144c0 58-30 92-66 96v62h34v12h-80v-12h34v-62c-36-4-66-38-66-96z" fill="${cream}"/>` +
  `<path d="M102 96h116c-6 36-28 58-58 60-30-2-52-24-58-60z" fill="${honey}"/>` +
  `<path d="M204 40l20 8-30 70-12-4z" fill="${line}"/>` +
  `<rect x="36" y="250" width="248" height="14" rx="7" fill="${line}"/></svg>`;

export const DEMO_LOGO_ALT = {
  en: 'A coupe on a counter',
  fr: 'Une coupe sur un comptoir',
  pl: 'Kieliszek na kontuarze',
  'pt-BR': 'Uma taça no balcão',
} as const;
