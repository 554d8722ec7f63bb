/**
 * What the demo's office has: invoices of three sales at the bar, a segment of guests, senders and templates, a campaign in
 * draft. Nothing of it ever leaves the machine (messages/desk.ts), the addresses are of example.com, and the campaign waits.
 */
import type { DemoStep } from './demo-steps.ts';
import { DEMO_BUDGET } from './messages/desk.ts';

const BUYERS = [
  { order: 'demo-till-2', name: 'Atelier Quintard SARL', taxId: 'FR 00 123456789', city: 'Paris' },
  { order: 'demo-till-5', name: 'Librairie Rivoire', taxId: 'FR 00 987654321', city: 'Paris' },
  { order: 'demo-till-9', name: 'Studio Sorbier SAS', taxId: 'FR 00 192837465', city: 'Montreuil' },
];

const TEMPLATES = [
  {
    id: 'autumn-menu',
    name: 'autumn_menu',
    channel: 'email',
    category: 'marketing',
    costPerThousand: { amount: 90, currency: 'EUR' },
    variables: [{ name: 'name', example: 'Adèle' }],
    texts: [
      {
        language: 'en',
        subject: 'The autumn menu is here',
        body: 'Hello {{name}}, leeks, ceps and pears: the new menu begins on Tuesday.',
      },
      {
        language: 'pl',
        subject: 'Jesienne menu już jest',
        body: 'Dzień dobry {{name}}, pory, borowiki i gruszki: nowe menu od wtorku.',
      },
      {
        language: 'pt-BR',
        subject: 'O menu de outono chegou',
        body: 'Olá {{name}}, alho-poró, cogumelos e peras: o novo menu começa na terça.',
      },
    ],
  },
  {
    id: 'booking-confirmed',
    name: 'booking_confirmed',
    channel: 'email',
    category: 'utility',
    variables: [
      { name: 'name', example: 'Adèle' },
      { name: 'time', example: '19:30' },
    ],
    texts: [
      {
        language: 'en',
        subject: 'See you at {{time}}',
        body: 'Hello {{name}}, we expect you at {{time}}.',
      },
      {
        language: 'pl',
        subject: 'Do zobaczenia o {{time}}',
        body: 'Dzień dobry {{name}}, czekamy o {{time}}.',
      },
    ],
  },
];

/** Groups of steps, each of which rests on those before it and on the past. */
export function officeSteps(): readonly (readonly DemoStep[])[] {
  return [
    [
      ...BUYERS.map(invoiceStep),
      {
        category: 'customers.segments',
        command: 'SaveSegment',
        id: 'newsletter-readers',
        input: { name: 'Readers of the newsletter', filter: { consents: ['email'] } },
      },
      {
        category: 'messages.senders',
        command: 'AddMessageSender',
        id: 'newsletter',
        input: {
          name: 'E-mail (demo: reaches nobody)',
          channel: 'email',
          from: 'bonjour@example.com',
          language: 'en',
          budgetPerSecond: DEMO_BUDGET,
          quietHours: null,
        },
      },
      ...TEMPLATES.map(({ id, ...input }) => ({
        category: 'messages.templates',
        command: 'CreateTemplate',
        id,
        input,
      })),
    ],
    TEMPLATES.map(({ id }) => ({
      category: 'messages.templates',
      command: 'SubmitTemplate',
      id,
      input: {},
      once: 'demo-submit',
    })),
    [
      {
        category: 'messages.campaigns',
        command: 'DraftCampaign',
        id: 'autumn-menu',
        input: {
          name: 'Autumn menu',
          channel: 'email',
          senderId: 'newsletter',
          segmentId: 'newsletter-readers',
          templateId: 'autumn-menu',
          variables: { name: 'dear guest' },
        },
      },
    ],
  ];
}

function invoiceStep({ order, name, taxId, city }: (typeof BUYERS)[number]): DemoStep {
  const address = { lines: ['3 rue de l’Exemple'], postalCode: '75011', city, country: 'FR' };
  const buyer = { name, taxId, address };
  const input = { orderId: order, language: 'en', buyer };
  return { category: 'invoices', command: 'IssueInvoice', id: order, input };
}
