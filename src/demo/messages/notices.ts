/** What the demo writes by itself from now on: about bookings, offers of a table, orders that are ready, and to who answered the quiz. */
import type { DatedStep } from '../demo-steps.ts';
import { DESK, MAIL_DESK, TABLE_TEMPLATE, templateSteps, type DemoTemplate } from './desk.ts';
import { DAY_MS } from './post.ts';

export const NOTICE_SETTINGS = { category: 'messages.settings', id: 'main' };
const BOOKED = 'table-booked';
const CHANGED = 'table-changed';
const OFFERED = 'table-offered';
const BOOKED_MAIL = 'booking-confirmed';
const QUIZ_MAIL = 'quiz-thanks';
/** Texts were handed in so long before the demo began. */
const AGE_MS = 20 * DAY_MS;

const NAME = { name: 'name', example: 'Adèle' };
const DATE = { name: 'date', example: '12 May' };
const TIME = { name: 'time', example: '19:30' };
const PARTY = { name: 'partySize', example: '4' };

const NOTICE_TEMPLATES: readonly DemoTemplate[] = [
  {
    id: BOOKED,
    name: 'table_booked',
    category: 'utility',
    variables: [NAME, DATE, TIME, PARTY],
    texts: [
      {
        language: 'en',
        body: 'Hello {{name}}, your table for {{partySize}} is booked: {{date}}, {{time}}. We look forward to it.',
      },
      {
        language: 'pl',
        body: 'Dzień dobry {{name}}, stolik zarezerwowany: {{date}}, {{time}}, liczba osób: {{partySize}}. Do zobaczenia!',
      },
      {
        language: 'pt-BR',
        body: 'Olá {{name}}, sua mesa para {{partySize}} está reservada: {{date}}, {{time}}. Até lá!',
      },
      {
        language: 'fr',
        body: 'Bonjour {{name}}, votre table pour {{partySize}} est réservée : {{date}}, {{time}}. À bientôt !',
      },
    ],
  },
  {
    id: CHANGED,
    name: 'table_changed',
    category: 'utility',
    variables: [NAME, DATE, TIME, PARTY],
    texts: [
      {
        language: 'en',
        body: 'Hello {{name}}, your booking is changed: {{date}}, {{time}}, for {{partySize}}.',
      },
      {
        language: 'pl',
        body: 'Dzień dobry {{name}}, rezerwacja zmieniona: {{date}}, {{time}}, liczba osób: {{partySize}}.',
      },
      {
        language: 'pt-BR',
        body: 'Olá {{name}}, sua reserva mudou: {{date}}, {{time}}, para {{partySize}}.',
      },
      {
        language: 'fr',
        body: 'Bonjour {{name}}, votre réservation est modifiée : {{date}}, {{time}}, pour {{partySize}}.',
      },
    ],
  },
  {
    id: OFFERED,
    name: 'table_offered',
    category: 'utility',
    variables: [NAME, TIME, { name: 'until', example: '18:45' }],
    texts: [
      {
        language: 'en',
        body: 'Hello {{name}}, a table at {{time}} is free. We keep it for you until {{until}}.',
      },
      {
        language: 'pl',
        body: 'Dzień dobry {{name}}, zwolnił się stolik o {{time}}. Trzymamy go do {{until}}.',
      },
      {
        language: 'pt-BR',
        body: 'Olá {{name}}, uma mesa às {{time}} ficou livre. Guardamos para você até {{until}}.',
      },
      {
        language: 'fr',
        body: 'Bonjour {{name}}, une table se libère à {{time}}. Nous la gardons pour vous jusqu’à {{until}}.',
      },
    ],
  },
];

const QUIZ_TEXTS = [
  {
    language: 'en',
    subject: 'Your cocktail waits at {{business}}',
    body: 'Hello {{name}}, thank you for playing. The recipe of your cocktail waits for you at the bar, and the first taste of it is on us.',
  },
  {
    language: 'pl',
    subject: 'Twój koktajl czeka w {{business}}',
    body: 'Cześć {{name}}, dziękujemy za zabawę. Przepis na Twój koktajl czeka przy barze, a pierwszy łyk jest od nas.',
  },
  {
    language: 'pt-BR',
    subject: 'Seu coquetel espera no {{business}}',
    body: 'Olá {{name}}, obrigado por participar. A receita do seu coquetel espera por você no bar, e a primeira prova é por nossa conta.',
  },
];

/** By e-mail nobody reviews. */
const quizMail = { category: 'messages.templates', id: QUIZ_MAIL };
function quizMailSteps(atMs: number): readonly DatedStep[] {
  const input = {
    name: 'quiz_thanks',
    channel: 'email',
    // What is written by itself is awaited; that whoever answered agreed to it is asked when it is sent.
    category: 'utility',
    variables: [NAME, { name: 'business', example: 'Le Comptoir' }],
    texts: QUIZ_TEXTS,
  };
  const submit = { ...quizMail, command: 'SubmitTemplate', input: {}, once: 'demo-submit' };
  return [
    { ...quizMail, command: 'CreateTemplate', input, atMs },
    { ...submit, atMs },
  ];
}

const onWhatsApp = (templateId: string) => ({ senderId: DESK, templateId });

/** A use goes by WhatsApp, and a booking that left only an e-mail address is confirmed by that. */
const USES = [
  {
    use: 'booking-confirmed',
    ways: [onWhatsApp(BOOKED), { senderId: MAIL_DESK, templateId: BOOKED_MAIL }],
  },
  { use: 'booking-changed', ways: [onWhatsApp(CHANGED)] },
  { use: 'booking-reminder', ways: [onWhatsApp(TABLE_TEMPLATE)] },
  { use: 'waitlist-offer', ways: [onWhatsApp(OFFERED)] },
  { use: 'order-ready', ways: [onWhatsApp('order-at-the-counter')] },
  { use: 'lead-follow-up', ways: [{ senderId: MAIL_DESK, templateId: QUIZ_MAIL }] },
];

/** The settings come last and at the moment itself: what was booked before them is not written about. */
export function noticeSteps(nowMs: number): readonly DatedStep[] {
  return [
    ...NOTICE_TEMPLATES.flatMap((template) => templateSteps(template, nowMs - AGE_MS)),
    ...quizMailSteps(nowMs - AGE_MS),
    {
      ...NOTICE_SETTINGS,
      command: 'SetMessageSettings',
      input: { uses: USES },
      once: 'demo-notices',
      atMs: nowMs,
    },
  ];
}
