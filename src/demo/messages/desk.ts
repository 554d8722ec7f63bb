/**
 * Who writes for the demo, and with which texts. The number is kept free for fiction, the account of the provider does not
 * exist, and whoever sends gives the messages of the demo to a provider that is only pretended: nothing of it leaves the machine.
 */
import type { DatedStep } from '../demo-steps.ts';
import { DAY_MS, HOUR_MS } from './post.ts';

export const DESK = 'front-desk';
/** Made by office.ts. */
export const MAIL_DESK = 'newsletter';
export const SEGMENT = 'whatsapp-guests';
export const WINE_TEMPLATE = 'new-wine-evening';
export const TABLE_TEMPLATE = 'table-tomorrow';
/** Five messages a second: a campaign to all guests is seen going, and can be paused on its way. */
export const DEMO_BUDGET = 5;
/** Later than usual, so that a visitor in the evening sees messages leave. */
const QUIET_HOURS = { from: '23:00', to: '08:00' };
/** The number was set up so long before the demo begins; asked for, it says when that was. */
export const DESK_AGE_MS = 30 * DAY_MS;

export interface DemoTemplate {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  /** Of messages: what a campaign is estimated by. */
  readonly costPerThousand?: { readonly amount: number; readonly currency: string };
  readonly variables: readonly { readonly name: string; readonly example: string }[];
  readonly texts: readonly { readonly language: string; readonly body: string }[];
}

/** Invented, of the size that providers ask for. */
const MARKETING_COST = { amount: 8_400, currency: 'EUR' };
const NAME = { name: 'name', example: 'Adèle' };
const TIME = { name: 'time', example: '19:30' };

export const DESK_TEMPLATES: readonly DemoTemplate[] = [
  {
    id: WINE_TEMPLATE,
    name: 'new_wine_evening',
    category: 'marketing',
    costPerThousand: MARKETING_COST,
    variables: [NAME],
    texts: [
      {
        language: 'en',
        body: 'Hello {{name}}, the new wine is here! On Thursday from six we pour four Beaujolais by the glass, with charcuterie on the house. Answer STOP and we stay quiet.',
      },
      {
        language: 'pl',
        body: 'Dzień dobry {{name}}, młode wino już jest! W czwartek od osiemnastej nalewamy na kieliszki cztery beaujolais, a wędliny są od nas. Odpowiedz STOP, a nie będziemy pisać.',
      },
      {
        language: 'fr',
        body: 'Bonjour {{name}}, le vin nouveau est arrivé ! Jeudi dès 18 h, quatre beaujolais au verre et la charcuterie offerte. Répondez STOP pour ne plus rien recevoir.',
      },
    ],
  },
  {
    id: TABLE_TEMPLATE,
    name: 'table_tomorrow',
    category: 'utility',
    variables: [NAME, TIME],
    texts: [
      {
        language: 'en',
        body: 'Hello {{name}}, your table is ready for you tomorrow at {{time}}. Write to us here if anything changes.',
      },
      {
        language: 'pl',
        body: 'Dzień dobry {{name}}, jutro o {{time}} czeka na Państwa stolik. Jeśli coś się zmieni, prosimy o wiadomość.',
      },
      {
        language: 'fr',
        body: 'Bonjour {{name}}, votre table vous attend demain à {{time}}. Écrivez-nous ici si quelque chose change.',
      },
    ],
  },
  {
    id: 'order-at-the-counter',
    name: 'order_at_the_counter',
    category: 'utility',
    variables: [NAME],
    texts: [
      { language: 'en', body: 'Hello {{name}}, your order is ready at the counter.' },
      {
        language: 'pl',
        body: 'Dzień dobry {{name}}, zamówienie jest gotowe do odbioru przy barze.',
      },
      { language: 'fr', body: 'Bonjour {{name}}, votre commande vous attend au comptoir.' },
    ],
  },
];

/** The number, the texts and their reviews, in the order of their moments. */
export function deskSteps(nowMs: number): readonly DatedStep[] {
  const atMs = nowMs - DESK_AGE_MS;
  return [
    {
      category: 'messages.senders',
      command: 'AddMessageSender',
      id: DESK,
      input: {
        name: 'Salle (demo: reaches nobody)',
        channel: 'whatsapp',
        from: '+33639980900',
        phoneNumberId: '0',
        wabaId: '0',
        secretName: 'demo-has-none',
        language: 'fr',
        budgetPerSecond: DEMO_BUDGET,
        quietHours: QUIET_HOURS,
      },
      atMs,
    },
    {
      category: 'customers.segments',
      command: 'SaveSegment',
      id: SEGMENT,
      input: { name: 'Guests on WhatsApp', filter: { consents: ['whatsapp'] } },
      atMs,
    },
    ...DESK_TEMPLATES.flatMap((template) => templateSteps(template, atMs + HOUR_MS)),
  ];
}

export function templateSteps({ id, ...input }: DemoTemplate, atMs: number): readonly DatedStep[] {
  const step = (command: string, of: { readonly input: object; readonly once?: string }) => ({
    category: 'messages.templates',
    command,
    id,
    ...of,
  });
  const reviews = input.texts.map(({ language }) => ({
    ...step('NoteTemplateReview', {
      input: { version: 1, language, review: 'approved', providerId: `demo-${id}-${language}` },
      once: `demo-review-${language}`,
    }),
    atMs: atMs + 3 * HOUR_MS,
  }));
  const submitted = step('SubmitTemplate', { input: { senderId: DESK }, once: 'demo-submit' });
  return [
    { ...step('CreateTemplate', { input: { channel: 'whatsapp', ...input } }), atMs },
    { ...submitted, atMs: atMs + HOUR_MS },
    ...reviews,
  ];
}

/** Still being written, so it is a draft; made last: its being there says that the messages of the demo are complete. */
export function lastStep(nowMs: number): DatedStep {
  return {
    category: 'messages.templates',
    command: 'CreateTemplate',
    id: 'tables-for-december',
    input: {
      name: 'tables_for_december',
      channel: 'whatsapp',
      category: 'marketing',
      costPerThousand: MARKETING_COST,
      variables: [NAME],
      texts: [
        { language: 'en', body: 'Hello {{name}}, December fills up: shall we keep your table?' },
        { language: 'pl', body: 'Dzień dobry {{name}}, grudzień się zapełnia: zachować stolik?' },
      ],
    },
    atMs: nowMs - HOUR_MS,
  };
}
