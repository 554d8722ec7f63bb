/** The demo's guests: invented names, phone numbers that are kept free for fiction, addresses of example.com. */
import { demoRandom } from './demo-random.ts';
import { dayBefore, type DatedStep, type DemoStep } from './demo-steps.ts';
import { HISTORY_DAYS } from './history-days.ts';

const GUESTS = 200;
/** The first of the guests are in the loyalty programme. */
const MEMBERS = 120;
const SEED = 2;
const EMAIL_CONSENT_PERCENT = 60;
const PHONE_CONSENT_PERCENT = 25;
/** They came before the first day that is told, and so lately that what they earned still counts for their tier. */
const CAME = { fromDaysAgo: HISTORY_DAYS + 5, spreadDays: 240 } as const;
/** Before the first of them. */
const PROGRAMME_DAYS_AGO = CAME.fromDaysAgo + CAME.spreadDays + 1;
/** At lunch at the earliest, at closing at the latest. */
const CAME_MINUTES = { from: 12 * 60, spread: 10 * 60 } as const;
const MINUTE_MS = 60_000;
const LANES = 8;
const WORDING = 'Oui, envoyez-moi la carte du mois et vos nouvelles.';

const FIRST_NAMES =
  'Adèle Basile Capucine Damien Eugénie Florian Garance Hugo Inès Jules Karine Léo Maud Nathan ' +
  'Ophélie Paul Quitterie Rémi Solène Théo Ursule Victor Wanda Xavier Yasmine Zoé Ana João Jan Zofia';
const LAST_NAMES =
  'Aubertin Bellecour Chastel Delorme Estève Fontanel Garnaud Hautbois Izoard Jolivet Kerbrat ' +
  'Lamarque Montrouge Nivelle Orsay Pradier Quintard Rivoire Sorbier Tavernay Urbain Valmont';
const LANGUAGES = ['fr', 'fr', 'fr', 'fr', 'en', 'en', 'pl', 'pt-BR'];

interface DemoGuest {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly language: string;
}

export const DEMO_GUESTS: readonly DemoGuest[] = guests();

function guests(): readonly DemoGuest[] {
  const random = demoRandom(SEED);
  const first = FIRST_NAMES.split(' ');
  const last = LAST_NAMES.split(' ');
  return Array.from({ length: GUESTS }, (_, index) => {
    const number = String(index + 1).padStart(3, '0');
    const firstAt = index % first.length;
    const lastAt = (firstAt * 5 + Math.floor(index / first.length)) % last.length;
    return {
      id: `guest-${number}`,
      // Each first name comes seven times, each time with the next last name.
      name: `${first[firstAt]} ${last[lastAt]}`,
      // Of the numbers that ARCEP (decision 2018-0881) keeps for works of fiction.
      phone: `+33639980${number}`,
      email: `guest-${number}@example.com`,
      language: random.one(LANGUAGES),
    };
  });
}

/** When the programme began: all members came later. */
export function programmeStep(begunMs: number): DatedStep {
  return { ...PROGRAMME, atMs: dayBefore(begunMs, { days: PROGRAMME_DAYS_AGO, minutes: 9 * 60 }) };
}

/** Each guest on a day of months ago, with a minute from one step to the next; lanes in the order of their moments. */
export function guestLanes(begunMs: number): readonly (() => readonly DatedStep[])[] {
  const random = demoRandom(SEED + 2);
  const byGuest = Map.groupBy(guestSteps().flat(), ({ id }) => id);
  const steps = DEMO_GUESTS.map(({ id }): readonly DatedStep[] => {
    const days = CAME.fromDaysAgo + random.below(CAME.spreadDays);
    const minutes = CAME_MINUTES.from + random.below(CAME_MINUTES.spread);
    const cameMs = dayBefore(begunMs, { days, minutes });
    return (byGuest.get(id) ?? []).map((step, index) => ({
      ...step,
      atMs: cameMs + index * MINUTE_MS,
    }));
  });
  return Array.from({ length: LANES }, (_, lane) => () => {
    const held = steps.filter((_guest, index) => index % LANES === lane).flat();
    return held.toSorted((left, right) => left.atMs - right.atMs);
  });
}

/** Groups of steps, each of which rests on those before it; when they were, `guestLanes` says. */
export function guestSteps(): readonly (readonly DemoStep[])[] {
  const random = demoRandom(SEED + 1);
  const members = DEMO_GUESTS.slice(0, MEMBERS);
  return [
    DEMO_GUESTS.map(({ id, name, phone, email, language }) => ({
      category: 'customers',
      command: 'RegisterCustomer',
      id,
      input: { name, phone, email, language },
    })),
    DEMO_GUESTS.flatMap(({ id }) => [
      ...(random.chance(EMAIL_CONSENT_PERCENT) ? [consent(id, 'email')] : []),
      ...(random.chance(PHONE_CONSENT_PERCENT) ? [consent(id, 'whatsapp')] : []),
    ]),
    members.map(({ id }) => ({
      category: 'loyalty.members',
      command: 'EnrolMember',
      id,
      input: { customerId: id },
    })),
    members.map(({ id }) => ({
      category: 'loyalty.members',
      command: 'EarnPoints',
      id,
      input: { points: 20 + random.below(600), reason: 'Carried over from the stamp card' },
      once: 'demo-carried-over',
    })),
  ];
}

/** Ids of those who said yes to the channel when the demo was made. */
export function guestsWithConsent(channel: 'email' | 'whatsapp'): ReadonlySet<string> {
  const given = guestSteps().flat();
  const once = consent('', channel).once;
  return new Set(
    given
      .filter((step) => step.command === 'GiveConsent' && step.once === once)
      .map(({ id }) => id),
  );
}

function consent(id: string, channel: 'email' | 'whatsapp'): DemoStep {
  return {
    category: 'customers',
    command: 'GiveConsent',
    id,
    input: { channel, wording: WORDING },
    once: `demo-consent-${channel}`,
  };
}

const RULES = {
  currency: 'EUR',
  timeZone: 'Europe/Paris',
  earning: { points: 1, perAmount: 100, rates: [], bonuses: [] },
  pointValue: { points: 10, amount: 50 },
  pendingDays: 0,
  expiry: { kind: 'months', months: 24 },
  tiers: {
    by: 'points',
    months: 12,
    graceDays: 30,
    levels: [
      {
        tierId: 'silver',
        name: 'Argent',
        names: { fr: 'Argent', en: 'Silver', pl: 'Srebrny', 'pt-BR': 'Prata' },
        threshold: 300,
        percent: 125,
      },
      {
        tierId: 'gold',
        name: 'Or',
        names: { fr: 'Or', en: 'Gold', pl: 'Złoty', 'pt-BR': 'Ouro' },
        threshold: 800,
        percent: 150,
      },
    ],
  },
  autoEnrol: false,
};

const PROGRAMME: DemoStep = {
  category: 'loyalty.programmes',
  command: 'DraftProgramme',
  id: 'main',
  input: { name: 'Le Club du Comptoir', rules: RULES, reason: 'The demo begins' },
};

const TUESDAYS = {
  bonusId: 'tuesdays',
  percent: 200,
  segment: null,
  productId: null,
  categoryId: null,
  weekday: 2,
  from: null,
  to: null,
};

/** Rules to be tried on what was sold, and the sign that the demo is complete: it is the last thing that is made. */
export const LAST_STEP: DemoStep = {
  category: 'loyalty.programmes',
  command: 'DraftProgramme',
  id: 'double-tuesdays',
  input: {
    name: 'Double points on Tuesdays',
    rules: { ...RULES, earning: { ...RULES.earning, bonuses: [TUESDAYS] } },
    reason: 'An idea to be simulated',
  },
};
