/** What acts by itself or for nobody in particular, as people call it: policies, pages of the public, the server. Pure. */
import { LANGUAGES, type Language } from '../define-words.ts';
import type { NameTable } from '../names/name.ts';

/** By the name of the actor, as events and the audit trail keep it. */
export const ACTORS: NameTable = {
  'policy:business.note-names': [
    'automatic (names of locations and tills)',
    'automatycznie (nazwy lokali i kas)',
    'automático (nomes de locais e caixas)',
  ],
  'policy:loyalty.follow-orders': [
    'automatic (points of orders)',
    'automatycznie (punkty za zamówienia)',
    'automático (pontos dos pedidos)',
  ],
  'policy:loyalty.review-members': [
    'automatic (tiers and points that run out)',
    'automatycznie (poziomy i wygasające punkty)',
    'automático (níveis e pontos que vencem)',
  ],
  'policy:loyalty.enrol-customers': [
    'automatic (enrolling guests)',
    'automatycznie (zapis gości do programu)',
    'automático (inscrição de clientes)',
  ],
  'policy:reservations.expire-holds': [
    'automatic (held reservations that ran out)',
    'automatycznie (wygasłe rezerwacje wstępne)',
    'automático (reservas retidas vencidas)',
  ],
  'policy:reservations.keep-seated': [
    'automatic (tables of guests who sit on)',
    'automatycznie (stoliki gości, którzy zostają dłużej)',
    'automático (mesas de quem fica mais tempo)',
  ],
  'policy:reservations.lapse-offers': [
    'automatic (offers that ran out)',
    'automatycznie (wygasłe propozycje)',
    'automático (ofertas vencidas)',
  ],
  'policy:reservations.offer-freed': [
    'automatic (offering free tables)',
    'automatycznie (propozycje wolnych stolików)',
    'automático (oferta de mesas livres)',
  ],
  'policy:leads.abandon-idle': [
    'automatic (quizzes left unfinished)',
    'automatycznie (niedokończone quizy)',
    'automático (quizzes não terminados)',
  ],
  'policy:leads.follow-sessions': [
    'automatic (leads from quizzes)',
    'automatycznie (leady z quizów)',
    'automático (leads de quizzes)',
  ],
  'policy:invoices.end-keeping': [
    'automatic (end of keeping invoices)',
    'automatycznie (koniec przechowywania faktur)',
    'automático (fim da guarda de faturas)',
  ],
  'policy:messages.notify': [
    'automatic (notices to guests)',
    'automatycznie (powiadomienia gości)',
    'automático (avisos a clientes)',
  ],
  'policy:messages.start-scheduled': [
    'automatic (planned campaigns)',
    'automatycznie (zaplanowane kampanie)',
    'automático (campanhas agendadas)',
  ],
  'policy:messages.withdraw-consent': [
    'automatic (withdrawing consents)',
    'automatycznie (wycofanie zgód)',
    'automático (retirada de consentimentos)',
  ],
  'system:campaign-release': [
    'automatic (sending a campaign)',
    'automatycznie (wysyłka kampanii)',
    'automático (envio da campanha)',
  ],
  messaging: [
    'automatic (the sending of messages)',
    'automatycznie (wysyłka wiadomości)',
    'automático (envio de mensagens)',
  ],
  public: [
    'a guest, on the public page',
    'gość, na stronie publicznej',
    'um cliente, na página pública',
  ],
  'public:me': [
    'the person, on their own page',
    'sama osoba, na własnej stronie',
    'a própria pessoa, na sua página',
  ],
  'public:quiz': ['a visitor, in a quiz', 'odwiedzający, w quizie', 'um visitante, num quiz'],
  'public:opt-in': [
    'the person, by a link',
    'sama osoba, przez link',
    'a própria pessoa, por um link',
  ],
  'server:start': [
    'the server, at its start',
    'serwer, przy uruchomieniu',
    'o servidor, ao iniciar',
  ],
  'server:demo': ['the demo', 'demo', 'a demonstração'],
  demo: ['the demo', 'demo', 'a demonstração'],
  'demo-evening': ['the demo’s guests', 'goście demo', 'os clientes da demonstração'],
};

/** undefined for a person, a key, and what is not named yet. */
export function actorWords(actor: string, language: Language): string | undefined {
  const name = Object.hasOwn(ACTORS, actor) ? ACTORS[actor] : undefined;
  return name?.[LANGUAGES.indexOf(language)];
}
