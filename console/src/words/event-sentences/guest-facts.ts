/** Fuller sentences of guests, reservations and the club, for events that tell more. */
import type { Sentences } from './sentence.ts';

export const GUEST_FACTS: Sentences = {
  'customer.kind-changed~kind': [
    '{who} is now: {kind}',
    '{who}, rodzaj: {kind}',
    '{who} agora é: {kind}',
  ],
  'customer.language-changed~language': [
    'Language of {who} is now {language}',
    '{who}, język: {language}',
    'O idioma de {who} agora é {language}',
  ],
  'customer.time-zone-changed~timeZone': [
    '{who} lives by the clock of {timeZone} now',
    '{who}, strefa czasowa: {timeZone}',
    'O fuso horário de {who} agora é {timeZone}',
  ],
  'customer.archived~reason': [
    '{who} was archived: {reason}',
    'Zarchiwizowano: {who} ({reason})',
    '{who} foi arquivado: {reason}',
  ],
  'customer.identifier-added~kind': [
    'A way to reach {who} was added ({kind})',
    'Dodano kontakt ({kind}): {who}',
    'Um contato de {who} foi adicionado ({kind})',
  ],
  'customer.identifier-removed~kind': [
    'A way to reach {who} was removed ({kind})',
    'Usunięto kontakt ({kind}): {who}',
    'Um contato de {who} foi removido ({kind})',
  ],
  'customer.tagged~tags': [
    '{who} was tagged: {tags}',
    'Dodano oznaczenia gościa {who}: {tags}',
    '{who} recebeu etiquetas: {tags}',
  ],
  'customer.untagged~tags': [
    'Tags of {who} were removed: {tags}',
    'Zdjęto oznaczenia gościa {who}: {tags}',
    'Etiquetas de {who} foram removidas: {tags}',
  ],
  'reservation.made~called': [
    {
      one: '{called} booked a table for {count} for {startsAt}',
      other: '{called} booked a table for {count} for {startsAt}',
    },
    {
      one: '{called}: stolik dla {count} osoby na {startsAt}',
      few: '{called}: stolik dla {count} osób na {startsAt}',
      other: '{called}: stolik dla {count} osób na {startsAt}',
    },
    {
      one: '{called} reservou mesa para {count} pessoa para {startsAt}',
      other: '{called} reservou mesa para {count} pessoas para {startsAt}',
    },
  ],
  'reservation.changed~guests': [
    'Reservation {who} is now for {guests} on {startsAt}',
    'Rezerwacja {who}: teraz {startsAt}, liczba osób {guests}',
    'A reserva {who} agora é para {guests} em {startsAt}',
  ],
  'reservation.cancelled~by': [
    'Reservation {who} was cancelled by {by}: {reason}',
    'Rezerwację {who} odwołał {by}: {reason}',
    'A reserva {who} foi cancelada por: {by}. {reason}',
  ],
  'reservation.cancelled~late': [
    'Reservation {who} was cancelled late by {by}: {reason}',
    'Rezerwację {who} odwołał późno {by}: {reason}',
    'A reserva {who} foi cancelada tarde por: {by}. {reason}',
  ],
  'reservation.amount-due~kind': [
    'Reservation {who}: {amount} became due ({kind})',
    'Rezerwacja {who}: powstała należność {amount} ({kind})',
    'Reserva {who}: {amount} a acertar ({kind})',
  ],
  'reservation.amount-settled~as': [
    'What was due on reservation {who}: {as}. {reason}',
    'Należność za rezerwację {who}: {as}. {reason}',
    'O valor da reserva {who}: {as}. {reason}',
  ],
  'reservation-day.tables-blocked~reason': [
    'Tables are blocked on {date}: {reason}',
    'Zablokowano stoliki na {date}: {reason}',
    'Mesas bloqueadas em {date}: {reason}',
  ],
  'reservation-day.waiter-joined~guests': [
    {
      one: '{count} guest waits for a table on {date}',
      other: '{count} guests wait for a table on {date}',
    },
    {
      one: '{count} osoba czeka na stolik {date}',
      few: '{count} osoby czekają na stolik {date}',
      other: '{count} osób czeka na stolik {date}',
    },
    {
      one: '{count} pessoa espera uma mesa em {date}',
      other: '{count} pessoas esperam uma mesa em {date}',
    },
  ],
  'reservation-holder.hold-opened~until': [
    'A table is held for a guest until {until}',
    'Stolik czeka na potwierdzenie do {until}',
    'Uma mesa está retida até {until}',
  ],
  'reservation-holder.holds-allowed~holdsMax': [
    'A contact may hold {holdsMax} tables at once',
    'Kontakt może mieć wstępnych rezerwacji naraz: {holdsMax}',
    'Um contato pode reter {holdsMax} mesas ao mesmo tempo',
  ],
  'reservation-waitlist.joined~day': [
    {
      one: '{count} guest waits for a table on {day}',
      other: '{count} guests wait for a table on {day}',
    },
    {
      one: '{count} osoba czeka na stolik {day}',
      few: '{count} osoby czekają na stolik {day}',
      other: '{count} osób czeka na stolik {day}',
    },
    {
      one: '{count} pessoa espera uma mesa em {day}',
      other: '{count} pessoas esperam uma mesa em {day}',
    },
  ],
  'reservation-waitlist.offered~startsAt': [
    'A waiting guest was offered a table for {startsAt}, until {until}',
    'Oczekującym zaproponowano stolik na {startsAt}, odpowiedź do {until}',
    'Foi oferecida uma mesa para {startsAt} a quem espera, até {until}',
  ],
  'reservation-enquiry.sent~date': [
    {
      one: 'An enquiry for {count} guest on {date} came in',
      other: 'An enquiry for {count} guests on {date} came in',
    },
    {
      one: 'Zapytanie dla {count} osoby na {date}',
      few: 'Zapytanie dla {count} osób na {date}',
      other: 'Zapytanie dla {count} osób na {date}',
    },
    {
      one: 'Chegou uma consulta para {count} pessoa em {date}',
      other: 'Chegou uma consulta para {count} pessoas em {date}',
    },
  ],
  'reservation-enquiry.answered~offer': [
    'An enquiry was answered with an offer of {offer}',
    'Na zapytanie odpowiedziano ofertą {offer}',
    'Uma consulta foi respondida com oferta de {offer}',
  ],
  'reservation-enquiry.closed~as': [
    'An enquiry was closed: {as}. {reason}',
    'Zamknięto zapytanie: {as}. {reason}',
    'Uma consulta foi encerrada: {as}. {reason}',
  ],
  'reservation-feed.opened~called': [
    'Calendar feed {called} was opened',
    'Udostępniono kalendarz {called}',
    'O calendário {called} foi compartilhado',
  ],
  'loyalty.member-enrolled~automatic': [
    '{who} became a member automatically',
    '{who} dołącza do klubu automatycznie',
    '{who} entrou no clube automaticamente',
  ],
  'loyalty.points-activated~count': [
    {
      one: '{count} point of {who} can be used now',
      other: '{count} points of {who} can be used now',
    },
    {
      one: '{who}: {count} punkt można już użyć',
      few: '{who}: {count} punkty można już użyć',
      other: '{who}: {count} punktów można już użyć',
    },
    {
      one: '{count} ponto de {who} já pode ser usado',
      other: '{count} pontos de {who} já podem ser usados',
    },
  ],
  'loyalty.points-adjusted~points': [
    'Points of {who} were adjusted by {points}: {reason}',
    'Punkty gościa {who} poprawiono o {points}: {reason}',
    'Os pontos de {who} foram ajustados em {points}: {reason}',
  ],
  'loyalty.debt-forgiven~count': [
    {
      one: '{count} missing point of {who} was forgiven: {reason}',
      other: '{count} missing points of {who} were forgiven: {reason}',
    },
    {
      one: '{who}: umorzono {count} brakujący punkt: {reason}',
      few: '{who}: umorzono {count} brakujące punkty: {reason}',
      other: '{who}: umorzono {count} brakujących punktów: {reason}',
    },
    {
      one: '{count} ponto devido por {who} foi perdoado: {reason}',
      other: '{count} pontos devidos por {who} foram perdoados: {reason}',
    },
  ],
  'loyalty.tier-grace-set~tier': [
    '{who} keeps the tier {tier} for a while',
    '{who}: poziom {tier} utrzymany na pewien czas',
    '{who} mantém o nível {tier} por um tempo',
  ],
  'loyalty.refund-debited~count': [
    { one: 'A refund took {count} point back', other: 'A refund took {count} points back' },
    {
      one: 'Za zwrot cofnięto {count} punkt',
      few: 'Za zwrot cofnięto {count} punkty',
      other: 'Za zwrot cofnięto {count} punktów',
    },
    {
      one: 'Um reembolso estornou {count} ponto',
      other: 'Um reembolso estornou {count} pontos',
    },
  ],
  'loyalty.burn-noted~count': [
    { one: '{count} point was used on an order', other: '{count} points were used on an order' },
    {
      one: 'Przy zamówieniu użyto {count} punktu',
      few: 'Przy zamówieniu użyto {count} punktów',
      other: 'Przy zamówieniu użyto {count} punktów',
    },
    { one: '{count} ponto usado em um pedido', other: '{count} pontos usados em um pedido' },
  ],
  'loyalty.burn-given-back~count': [
    { one: '{count} used point was given back', other: '{count} used points were given back' },
    {
      one: 'Zwrócono {count} użyty punkt',
      few: 'Zwrócono {count} użyte punkty',
      other: 'Zwrócono {count} użytych punktów',
    },
    { one: '{count} ponto usado foi devolvido', other: '{count} pontos usados foram devolvidos' },
  ],
  'reservation.seated~tables': [
    'Reservation {who} sat down at {tables}',
    'Rezerwacja {who}: goście usiedli przy {tables}',
    'A reserva {who} sentou em {tables}',
  ],
  'reservation-day.tables-taken~tables': [
    'Taken on {date}: {tables}',
    'Zajęte na {date}: {tables}',
    'Ocupadas em {date}: {tables}',
  ],
};
