/** The words of a printed ticket in the languages of receipts. */
export interface TicketWords {
  readonly table: string;
  readonly noTable: string;
  readonly takeAway: string;
  readonly delivery: string;
  readonly rush: string;
  readonly course: string;
  readonly seat: string;
  readonly stop: string;
}

const EN: TicketWords = {
  table: 'Table',
  noTable: 'No table',
  takeAway: 'Take-away',
  delivery: 'Delivery',
  rush: 'RUSH',
  course: 'Course',
  seat: 'seat',
  stop: 'STOP',
};

const WORDS: Readonly<Record<string, TicketWords>> = {
  en: EN,
  pl: {
    table: 'Stolik',
    noTable: 'Bez stolika',
    takeAway: 'Na wynos',
    delivery: 'Dostawa',
    rush: 'PILNE',
    course: 'Danie',
    seat: 'miejsce',
    stop: 'STOP',
  },
  pt: {
    table: 'Mesa',
    noTable: 'Sem mesa',
    takeAway: 'Para levar',
    delivery: 'Entrega',
    rush: 'URGENTE',
    course: 'Prato',
    seat: 'lugar',
    stop: 'PARAR',
  },
};

/** `pt-BR` reads as `pt`; English for a language that has none. */
export function ticketWords(language: string): TicketWords {
  return WORDS[language.slice(0, 2)] ?? EN;
}
