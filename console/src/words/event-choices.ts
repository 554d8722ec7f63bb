/** Listed values that sentences and the dictionaries of the modules both name. */
import { LANGUAGES, LOCALES, type Language } from './define-words.ts';
import type { Name, NameTable } from './names/name.ts';

export const CHANNELS: NameTable = {
  'eat-in': ['eat in', 'na miejscu', 'no local'],
  'take-away': ['take away', 'na wynos', 'para viagem'],
  delivery: ['delivery', 'dostawa', 'entrega'],
  email: ['e-mail', 'e-mail', 'e-mail'],
  sms: ['SMS', 'SMS', 'SMS'],
  whatsapp: ['WhatsApp', 'WhatsApp', 'WhatsApp'],
};

export const STAGES: NameTable = {
  new: ['new', 'nowy', 'novo'],
  contacted: ['contacted', 'po kontakcie', 'contatado'],
  qualified: ['qualified', 'rokujący', 'qualificado'],
  proposal: ['proposal', 'oferta', 'proposta'],
  won: ['won', 'wygrany', 'ganho'],
  lost: ['lost', 'przegrany', 'perdido'],
};

export const LEAD_SOURCES: NameTable = {
  quiz: ['quiz', 'quiz', 'quiz'],
  manual: ['by hand', 'ręcznie', 'manual'],
  phone: ['phone', 'telefon', 'telefone'],
  referral: ['referral', 'polecenie', 'indicação'],
  website: ['website', 'strona internetowa', 'site'],
  import: ['import', 'import', 'importação'],
};

export const TENDERS: NameTable = {
  cash: ['cash', 'gotówka', 'dinheiro'],
  card: ['card', 'karta', 'cartão'],
  other: ['other', 'inna', 'outra'],
};

export const RESERVATION_SIDES: NameTable = {
  guest: ['the guest', 'gość', 'o cliente'],
  house: ['the house', 'lokal', 'a casa'],
};

export const AMOUNTS_DUE: NameTable = {
  deposit: ['deposit', 'zadatek', 'sinal'],
  'late-cancellation': ['late cancellation', 'późne odwołanie', 'cancelamento tardio'],
  'no-show': ['never came', 'niestawienie się', 'não compareceu'],
  'deposit-refund': ['refund of the deposit', 'zwrot zadatku', 'devolução do sinal'],
};

export const ENDS: NameTable = {
  paid: ['paid', 'zapłacono', 'pago'],
  waived: ['waived', 'darowano', 'dispensado'],
  accepted: ['accepted', 'przyjęto', 'aceita'],
  declined: ['declined', 'odmówiono', 'recusada'],
  withdrawn: ['withdrawn', 'wycofano', 'retirada'],
};

export const USES: NameTable = {
  'booking-confirmed': ['reservation confirmed', 'rezerwacja potwierdzona', 'reserva confirmada'],
  'booking-changed': ['reservation changed', 'rezerwacja zmieniona', 'reserva alterada'],
  'booking-reminder': [
    'reminder of a reservation',
    'przypomnienie o rezerwacji',
    'lembrete da reserva',
  ],
  'waitlist-offer': [
    'offer from the waiting list',
    'oferta z listy oczekujących',
    'oferta da lista de espera',
  ],
  'order-ready': ['order is ready', 'zamówienie gotowe', 'pedido pronto'],
  receipt: ['receipt', 'paragon', 'recibo'],
  'lead-follow-up': ['follow-up of a lead', 'kontakt z leadem', 'retorno a um lead'],
  'double-opt-in': [
    'confirmation of a consent',
    'potwierdzenie zgody',
    'confirmação de consentimento',
  ],
};

export const APPROVALS: NameTable = {
  draft: ['draft', 'szkic', 'rascunho'],
  submitted: ['under review', 'w ocenie', 'em avaliação'],
  approved: ['approved', 'zatwierdzony', 'aprovado'],
  rejected: ['rejected', 'odrzucony', 'rejeitado'],
  paused: ['paused', 'wstrzymany', 'pausado'],
};

export const MESSAGE_REASONS: NameTable = {
  'hard-bounce': ['address does not exist', 'adres nie istnieje', 'endereço não existe'],
  complaint: ['reported as spam', 'zgłoszono jako spam', 'denunciada como spam'],
  'opt-out': ['wants no messages', 'nie chce wiadomości', 'não quer mensagens'],
  unsubscribe: ['unsubscribed', 'wypisano się', 'descadastrou-se'],
  manual: ['by hand', 'ręcznie', 'manual'],
  'no-template': ['no template', 'brak szablonu', 'sem modelo'],
  'no-address': ['no address', 'brak adresu', 'sem endereço'],
  'no-consent': ['no consent', 'brak zgody', 'sem consentimento'],
  'variables-missing': ['values missing', 'brak wartości', 'faltam valores'],
  'not-before': ['too early', 'za wcześnie', 'cedo demais'],
  'quiet-hours': ['quiet hours', 'cisza', 'horário de silêncio'],
  'frequency-cap': ['limit for the person', 'limit na osobę', 'limite por pessoa'],
  'template-pending': ['template under review', 'szablon w ocenie', 'modelo em avaliação'],
  'campaign-paused': ['campaign paused', 'kampania wstrzymana', 'campanha pausada'],
  'campaign-cancelled': ['campaign cancelled', 'kampania anulowana', 'campanha cancelada'],
  expired: ['too late', 'za późno', 'tarde demais'],
  'person-gone': ['person erased', 'osoba usunięta', 'pessoa apagada'],
  'sender-unknown': ['no such sender', 'brak nadawcy', 'sem remetente'],
  suppressed: ['not written to', 'adres na liście „nie pisać”', 'está em “não escrever”'],
  'opted-out': ['wants no messages', 'nie chce wiadomości', 'não quer mensagens'],
  'consent-not-confirmed': [
    'consent not confirmed',
    'zgoda niepotwierdzona',
    'consentimento não confirmado',
  ],
  'same-address': ['had it already', 'już to dostał', 'já recebeu'],
  'outside-window': ['24 hours are over', 'minęły 24 godziny', 'passaram as 24 horas'],
  'template-unknown': ['no such template', 'brak szablonu', 'sem modelo'],
  'template-not-approved': [
    'template not approved',
    'szablon niezatwierdzony',
    'modelo não aprovado',
  ],
  'segment-unknown': ['no such segment', 'brak segmentu', 'sem segmento'],
  'template-rejected': ['template rejected', 'szablon odrzucony', 'modelo rejeitado'],
  'template-paused': ['template paused', 'szablon wstrzymany', 'modelo pausado'],
  completed: ['quiz completed', 'ukończony quiz', 'quiz concluído'],
  abandoned: ['quiz abandoned', 'porzucony quiz', 'quiz abandonado'],
};

const KINDS: NameTable = {
  ...TENDERS,
  ...AMOUNTS_DUE,
  person: ['person', 'osoba', 'pessoa'],
  organisation: ['organisation', 'organizacja', 'organização'],
  phone: ['phone', 'telefon', 'telefone'],
  email: ['e-mail', 'e-mail', 'e-mail'],
  messenger: ['messenger', 'komunikator', 'mensageiro'],
  hard: ['for good', 'trwale', 'definitivo'],
  soft: ['for now', 'chwilowo', 'temporário'],
};

/** By the field of an event. */
const CHOICES: Readonly<Record<string, NameTable>> = {
  channel: CHANNELS,
  stage: STAGES,
  from: STAGES,
  to: STAGES,
  source: LEAD_SOURCES,
  kind: KINDS,
  by: RESERVATION_SIDES,
  as: ENDS,
  use: USES,
  review: APPROVALS,
  reason: MESSAGE_REASONS,
};

/** What a listed value is called; any other text as it is. */
export function choiceInWords(field: string, value: string, language: Language): string {
  if (field === 'language') return languageInWords(value, language);
  const table = Object.hasOwn(CHOICES, field) ? CHOICES[field] : undefined;
  const name: Name | undefined =
    table !== undefined && Object.hasOwn(table, value) ? table[value] : undefined;
  return name?.[LANGUAGES.indexOf(language)] ?? value;
}

const LANGUAGE_TAG = /^[a-z]{2,3}(?:-[A-Z]{2})?$/;

function languageInWords(tag: string, language: Language): string {
  // Intl throws at what is no tag, and an event may hold any text.
  if (!LANGUAGE_TAG.test(tag)) return tag;
  const names = new Intl.DisplayNames(LOCALES[language], { type: 'language', fallback: 'none' });
  return names.of(tag) ?? tag;
}
