/** What guests of the demo wrote, and what the house answered. Pure. */
import { DEMO_GUESTS, guestsWithConsent } from '../guests.ts';
import { dayBefore } from '../demo-steps.ts';
import { campaignStartMs } from './campaigns.ts';
import { DESK, MAIL_DESK } from './desk.ts';
import { HOUR_MS, type Outcome } from './post.ts';

const MINUTES = 60_000;

/** So long after the thread began; of the house with what became of it. */
export type Line = { readonly afterMs: number } & (
  | { readonly from: 'guest'; readonly text: string }
  | {
      readonly from: 'house';
      readonly text: string;
      readonly subject?: string;
      readonly outcome: Outcome;
    }
);

export interface Thread {
  readonly id: string;
  readonly guest: (typeof DEMO_GUESTS)[number];
  readonly channel: 'whatsapp' | 'email';
  readonly senderId: string;
  /** When it began, for a demo that begins at `nowMs`. */
  readonly began: (nowMs: number) => number;
  readonly lines: readonly Line[];
  /** Nothing is left to answer, so the house closed it. */
  readonly closed?: true;
  /** The house answers an opt-out by itself, once. */
  readonly confirmed?: true;
}

const onWhatsApp = { channel: 'whatsapp', senderId: DESK } as const;
const at = (days: number, minutes: number) => (nowMs: number) =>
  dayBefore(nowMs, { days, minutes });

/** The one of those guests who speak the language. */
function speaker(language: string, place: number): Thread['guest'] {
  const guest = DEMO_GUESTS.filter((each) => each.language === language)[place];
  if (guest === undefined) throw new RangeError(`no guest speaks ${language}`);
  return guest;
}

/** Somebody who was written to by the campaign and had enough. */
function tiredGuest(): Thread['guest'] {
  const consenting = guestsWithConsent('whatsapp');
  const guest = DEMO_GUESTS.findLast(({ id, language }) => language === 'en' && consenting.has(id));
  if (guest === undefined) throw new RangeError('no guest is written to');
  return guest;
}

export const THREADS: readonly Thread[] = [
  {
    id: 'wine',
    guest: tiredGuest(),
    ...onWhatsApp,
    began: (nowMs) => campaignStartMs(nowMs) + 12 * MINUTES,
    lines: [{ from: 'guest', text: 'STOP', afterMs: 0 }],
    confirmed: true,
  },
  {
    id: 'birthday',
    guest: speaker('fr', 3),
    channel: 'email',
    senderId: MAIL_DESK,
    began: at(4, 11 * 60 + 20),
    lines: [
      {
        from: 'guest',
        text: 'Bonjour,\n\nnous serions quatorze pour les soixante ans de ma mère, un samedi midi de décembre. Est-ce que la salle du fond peut être réservée, et faites-vous un menu pour les groupes ? Deux personnes ne mangent pas de poisson.\n\nMerci d’avance',
        afterMs: 0,
      },
      {
        from: 'house',
        subject: 'Votre anniversaire en décembre',
        text: 'Bonjour,\n\navec plaisir ! La salle du fond est libre le 12 et le 19 décembre. Le menu de groupe est à 38 € (trois plats, café compris), avec un plat sans poisson. Dites-nous la date, nous la gardons jusqu’à lundi.\n\nLe Comptoir',
        afterMs: 3 * HOUR_MS,
        outcome: 'accepted',
      },
      {
        from: 'guest',
        text: 'Parfait, alors le 12, à 12 h 30. On apporte le gâteau nous-mêmes, si ça ne vous dérange pas ?',
        afterMs: 26 * HOUR_MS,
      },
      {
        from: 'house',
        subject: 'Re: Votre anniversaire en décembre',
        text: 'C’est noté, le 12 à 12 h 30 pour quatorze. Pour le gâteau, aucun souci : déposez-le au bar, on s’occupe des bougies.',
        afterMs: 28 * HOUR_MS,
        outcome: 'accepted',
      },
    ],
  },
  {
    id: 'vegan',
    guest: speaker('pt-BR', 2),
    ...onWhatsApp,
    began: at(2, 17 * 60 + 5),
    lines: [
      {
        from: 'guest',
        text: 'Oi! Vcs têm opção vegana no almoço de domingo? Somos 3, uma amiga não come nada de leite tb',
        afterMs: 0,
      },
      {
        from: 'house',
        text: 'Olá! Sim: a sopa do dia e o risoto de cogumelos saem sem leite, é só avisar na mesa. Querem que a gente reserve?',
        afterMs: 40 * MINUTES,
        outcome: 'failed',
      },
    ],
  },
  {
    id: 'scarf',
    guest: speaker('en', 4),
    ...onWhatsApp,
    began: at(1, 10 * 60 + 40),
    lines: [
      {
        from: 'guest',
        text: 'Hi, we were at the table by the window last night and I think I left a grey wool scarf on the bench. Did anybody hand it in?',
        afterMs: 0,
      },
      {
        from: 'house',
        text: 'Hello! It is here, behind the bar, with your name on it. We are open from noon.',
        afterMs: 25 * MINUTES,
        outcome: 'read',
      },
      {
        from: 'guest',
        text: 'You are wonderful, thank you!! Will come by after work',
        afterMs: 31 * MINUTES,
      },
    ],
    closed: true,
  },
  {
    id: 'late',
    guest: speaker('fr', 11),
    ...onWhatsApp,
    began: at(1, 19 * 60 + 11),
    lines: [
      {
        from: 'guest',
        text: 'bonsoir on a une table à 19h30 mais le métro est arrêté, on sera là vers 19h50, vous nous la gardez ? désolée',
        afterMs: 0,
      },
      {
        from: 'house',
        text: 'Bonsoir, bien sûr, on vous attend. Prenez votre temps !',
        afterMs: 3 * MINUTES,
        outcome: 'read',
      },
    ],
  },
  {
    id: 'terrace',
    guest: speaker('pl', 1),
    ...onWhatsApp,
    began: (nowMs) => nowMs - 34 * MINUTES,
    lines: [
      {
        from: 'guest',
        text: 'Dzień dobry, czy jest jeszcze stolik na jutro wieczór, tak koło 20, dla 4 osób? Jedna osoba nie je glutenu 🙏',
        afterMs: 0,
      },
      {
        from: 'guest',
        text: 'może być też na zewnątrz, jeśli są grzejniki',
        afterMs: 2 * MINUTES,
      },
    ],
  },
];
