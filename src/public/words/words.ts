/** Every text of the public pages in one language. A language that lacks one does not compile. */
import type { Language } from '../language.ts';

/** By category of Intl.PluralRules; `{n}` stands for the number. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & {
  readonly other: string;
};

const rules = new Map<Language, Intl.PluralRules>();

export function plural(language: Language, count: number, forms: PluralForms): string {
  let rule = rules.get(language);
  if (rule === undefined) rules.set(language, (rule = new Intl.PluralRules(language)));
  return (forms[rule.select(count)] ?? forms.other).replaceAll('{n}', String(count));
}

/** Puts values in the place of `{name}`; what is put in is text of a template and escaped there. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export interface Words {
  readonly languageName: string;
  readonly skip: string;
  readonly language: string;
  readonly poweredBy: string;
  readonly nav: { readonly menu: string; readonly book: string; readonly me: string };
  readonly place: string;
  readonly menu: MenuWords;
  readonly book: BookWords;
  readonly booking: BookingWords;
  readonly waiting: WaitingWords;
  readonly enquiry: EnquiryWords;
  readonly order: OrderWords;
  readonly me: MeWords;
  readonly quiz: QuizWords;
  readonly faults: FaultWords;
}

export interface MenuWords {
  readonly title: string;
  readonly now: string;
  readonly sections: string;
  readonly other: string;
  readonly soldOut: string;
  readonly later: string;
  readonly allergens: string;
  readonly before: string;
  readonly from: string;
  readonly choose: string;
  readonly gallery: string;
  readonly empty: string;
  readonly emptyText: string;
  readonly allergenNote: string;
  readonly names: Readonly<Record<string, string>>;
}

export interface BookWords {
  readonly title: string;
  readonly lead: string;
  readonly date: string;
  readonly party: string;
  readonly guests: PluralForms;
  readonly find: string;
  readonly times: string;
  readonly timesIn: string;
  readonly none: string;
  readonly noneText: string;
  readonly closed: string;
  readonly closedText: string;
  readonly nextDay: string;
  readonly previousDay: string;
  readonly stays: PluralForms;
  readonly details: string;
  readonly change: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly phoneHint: string;
  readonly reach: string;
  readonly note: string;
  readonly noteHint: string;
  readonly optional: string;
  readonly consent: string;
  readonly send: string;
  readonly website: string;
  readonly freeUntil: string;
  readonly lateFee: string;
  readonly noShowFee: string;
  readonly deposit: string;
  readonly perGuest: string;
  readonly full: string;
  readonly alternatives: string;
  readonly waitTitle: string;
  readonly waitText: string;
  readonly wait: string;
  readonly refused: Readonly<Record<string, string>>;
  readonly refusedOther: string;
  readonly wrong: string;
  readonly needName: string;
  readonly needReach: string;
  readonly badEmail: string;
  readonly badPhone: string;
  readonly needConsent: string;
  readonly tooLong: string;
  /** `{time}` until which the table is held. */
  readonly heldUntil: string;
  /** `{n}` minutes, counted down on the page. */
  readonly left: string;
  readonly heldText: string;
  readonly overTitle: string;
  readonly overText: string;
  readonly overNone: string;
  readonly hold: string;
  readonly whoTitle: string;
  readonly whoText: string;
  readonly heldAddress: string;
  readonly waitLink: string;
  readonly waitStart: string;
  readonly waitAny: string;
}

export interface BookingWords {
  readonly title: string;
  readonly made: string;
  readonly asked: string;
  readonly status: Readonly<Record<string, string>>;
  readonly when: string;
  readonly who: string;
  readonly at: string;
  readonly note: string;
  readonly keep: string;
  readonly calendar: string;
  readonly change: string;
  readonly changeText: string;
  readonly changeLate: string;
  readonly changed: string;
  readonly unchanged: string;
  readonly cancel: string;
  readonly cancelQuestion: string;
  readonly cancelFree: string;
  readonly cancelFee: string;
  /** Beside the deposit, and out of it alone. */
  readonly cancelFeeMore: string;
  readonly cancelKept: string;
  readonly cancelLate: string;
  readonly cancelRefund: string;
  readonly cancelYes: string;
  readonly cancelNo: string;
  readonly cancelled: string;
  readonly due: Readonly<Record<string, string>>;
  readonly again: string;
  readonly eventName: string;
}

export interface WaitingWords {
  readonly title: string;
  readonly status: Readonly<Record<string, string>>;
  readonly waitingText: string;
  readonly between: string;
  readonly offered: string;
  readonly offeredUntil: string;
  readonly accept: string;
  readonly leave: string;
  readonly decline: string;
  readonly toBooking: string;
}

export interface EnquiryWords {
  readonly title: string;
  readonly lead: string;
  /** From the page on which tables are booked. */
  readonly link: string;
  /** `{most}` guests. */
  readonly guestsHint: string;
  /** In `{currency}`. */
  readonly budget: string;
  readonly budgetHint: string;
  readonly packageName: string;
  readonly packageHint: string;
  readonly message: string;
  readonly consent: string;
  readonly send: string;
  readonly sent: string;
  readonly sentText: string;
  readonly needDate: string;
  readonly needGuests: string;
  readonly badBudget: string;
  readonly tooLong: string;
  readonly needConsent: string;
  readonly past: string;
  readonly refused: string;
}

export interface OrderWords {
  readonly title: string;
  readonly stages: Readonly<Record<'placed' | 'cooking' | 'ready', string>>;
  readonly stageText: Readonly<
    Record<'placed' | 'cooking' | 'ready' | 'done' | 'cancelled', string>
  >;
  readonly done: string;
  readonly cancelled: string;
  readonly lines: string;
  readonly line: Readonly<Record<'placed' | 'cooking' | 'ready', string>>;
  readonly total: string;
  readonly paid: string;
  readonly refresh: string;
  readonly updated: string;
  readonly here: string;
}

export interface MeWords {
  readonly title: string;
  readonly lead: string;
  readonly email: string;
  readonly send: string;
  readonly sent: string;
  readonly sentText: string;
  readonly kept: string;
  readonly keptText: string;
  readonly name: string;
  readonly emails: string;
  readonly phones: string;
  readonly language: string;
  readonly since: string;
  readonly bookings: string;
  readonly noBookings: string;
  readonly points: string;
  readonly tier: string;
  readonly consents: string;
  readonly consentsText: string;
  readonly channels: Readonly<Record<'email' | 'sms' | 'whatsapp', string>>;
  readonly wording: string;
  readonly given: string;
  readonly notGiven: string;
  readonly give: string;
  readonly withdraw: string;
  readonly saved: string;
  readonly export: string;
  readonly exportText: string;
  readonly download: string;
  readonly erase: string;
  readonly eraseText: string;
  readonly eraseConfirm: string;
  readonly eraseYes: string;
  readonly eraseMissing: string;
  readonly erased: string;
  readonly erasedText: string;
  readonly expires: string;
  readonly nothing: string;
  readonly mailSubject: string;
  readonly mailText: string;
}

export interface QuizWords {
  readonly title: string;
  readonly noScript: string;
  readonly noScriptText: string;
  readonly loading: string;
  /** Texts that the script shows; it gets them with the page. */
  readonly script: Readonly<
    Record<
      | 'start'
      | 'intro'
      | 'preparing'
      | 'next'
      | 'skip'
      | 'step'
      | 'required'
      | 'choose'
      | 'offline'
      | 'retry'
      | 'again'
      | 'resume'
      | 'done'
      | 'closed'
      | 'name'
      | 'email'
      | 'phone'
      | 'optional'
      | 'wrong'
      | 'agree'
      | 'needed'
      | 'whole'
      | 'TOO_FEW_ITEMS'
      | 'TOO_MANY_ITEMS'
      | 'TOO_LONG'
      | 'TOO_SMALL'
      | 'TOO_GREAT'
      | 'badEmail'
      | 'badPhone'
      | 'saved',
      string
    >
  >;
}

export interface FaultWords {
  readonly notFound: string;
  readonly notFoundText: string;
  readonly linkOver: string;
  readonly linkOverText: string;
  readonly tooMany: string;
  readonly tooManyText: string;
  readonly foreign: string;
  readonly foreignText: string;
  readonly input: string;
  readonly inputText: string;
  readonly failed: string;
  readonly failedText: string;
  readonly code: string;
  readonly back: string;
}
