/** Guests and reservations. */
import type { Sentences } from './sentence.ts';

export const GUEST_SENTENCES: Sentences = {
  'customer.registered': [
    '{who} is a guest now',
    '{who} jest teraz w kartotece gości',
    '{who} agora é cliente',
  ],
  'customer.contact-changed': [
    'Contact of {who} was changed',
    'Zmieniono dane kontaktowe: {who}',
    'O contato de {who} foi alterado',
  ],
  'customer.kind-changed': [
    'Kind of guest {who} was changed',
    'Zmieniono rodzaj gościa: {who}',
    'O tipo de {who} foi alterado',
  ],
  'customer.language-changed': [
    'Language of {who} was changed',
    'Zmieniono język: {who}',
    'O idioma de {who} foi alterado',
  ],
  'customer.time-zone-changed': [
    'Time zone of {who} was changed',
    'Zmieniono strefę czasową: {who}',
    'O fuso horário de {who} foi alterado',
  ],
  'customer.consent-given': [
    '{who} agreed to {channel}',
    '{who}: zgoda na {channel}',
    '{who} consentiu com {channel}',
  ],
  'customer.consent-withdrawn': [
    '{who} withdrew consent to {channel}',
    '{who}: wycofano zgodę na {channel}',
    '{who} retirou o consentimento para {channel}',
  ],
  'customer.archived': ['{who} was archived', 'Zarchiwizowano: {who}', '{who} foi arquivado'],
  'customer.identifier-added': [
    'A way to reach {who} was added',
    'Dodano kontakt: {who}',
    'Um contato de {who} foi adicionado',
  ],
  'customer.identifier-removed': [
    'A way to reach {who} was removed',
    'Usunięto kontakt: {who}',
    'Um contato de {who} foi removido',
  ],
  'customer.identifier-preferred': [
    '{who} prefers another contact',
    '{who}: zmieniono główny kontakt',
    '{who} prefere outro contato',
  ],
  'customer.tagged': ['{who} was tagged', 'Oznaczono: {who}', '{who} recebeu uma etiqueta'],
  'customer.untagged': [
    'A tag of {who} was removed',
    'Usunięto oznaczenie: {who}',
    'Uma etiqueta de {who} foi removida',
  ],
  'customer.note-added': [
    'A note on {who} was written',
    'Dodano notatkę: {who}',
    'Uma observação sobre {who} foi escrita',
  ],
  'customer.note-removed': [
    'A note on {who} was removed',
    'Usunięto notatkę: {who}',
    'Uma observação sobre {who} foi removida',
  ],
  'customer.merged': [
    '{who} took over another guest',
    '{who}: dołączono innego gościa',
    '{who} foi unido a outro cliente',
  ],
  'customer.merged-into': [
    '{who} was merged into another guest',
    '{who}: połączono z innym gościem',
    '{who} foi unido a outro',
  ],
  'customer.unmerged': [
    '{who} was separated again',
    '{who}: rozdzielono ponownie',
    '{who} foi separado de novo',
  ],
  'customer.separated': [
    '{who} stands alone again',
    '{who}: znów osobno',
    '{who} está separado de novo',
  ],
  'customer-segment.saved': [
    'Segment {name} was saved',
    'Zapisano segment {name}',
    'O segmento {name} foi salvo',
  ],
  'customer-segment.changed': [
    'Segment {name} was changed',
    'Zmieniono segment {name}',
    'O segmento {name} foi alterado',
  ],
  'customer-segment.removed': [
    'A segment was removed',
    'Usunięto segment',
    'Um segmento foi removido',
  ],
  'reservation.made': [
    {
      one: 'A table for {count} was booked for {startsAt}',
      other: 'A table for {count} was booked for {startsAt}',
    },
    {
      one: 'Zarezerwowano stolik dla {count} osoby na {startsAt}',
      few: 'Zarezerwowano stolik dla {count} osób na {startsAt}',
      other: 'Zarezerwowano stolik dla {count} osób na {startsAt}',
    },
    {
      one: 'Mesa para {count} pessoa reservada para {startsAt}',
      other: 'Mesa para {count} pessoas reservada para {startsAt}',
    },
  ],
  'reservation.contact-changed': [
    'Contact of a reservation was changed',
    'Zmieniono kontakt rezerwacji',
    'O contato de uma reserva foi alterado',
  ],
  'reservation.confirmed': [
    'Reservation {who} was confirmed',
    'Potwierdzono rezerwację {who}',
    'A reserva {who} foi confirmada',
  ],
  'reservation.changed': [
    'Reservation {who} moved to {startsAt}',
    'Rezerwację {who} zmieniono na {startsAt}',
    'A reserva {who} mudou para {startsAt}',
  ],
  'reservation.cancelled': [
    'Reservation {who} was cancelled',
    'Odwołano rezerwację {who}',
    'A reserva {who} foi cancelada',
  ],
  'reservation.expired': [
    'Reservation {who} expired',
    'Rezerwacja {who} wygasła',
    'A reserva {who} expirou',
  ],
  'reservation.marked-late': [
    {
      one: 'Reservation {who} is {count} minute late',
      other: 'Reservation {who} is {count} minutes late',
    },
    {
      one: 'Rezerwacja {who} spóźnia się {count} minutę',
      few: 'Rezerwacja {who} spóźnia się {count} minuty',
      other: 'Rezerwacja {who} spóźnia się {count} minut',
    },
    {
      one: 'A reserva {who} está {count} minuto atrasada',
      other: 'A reserva {who} está {count} minutos atrasada',
    },
  ],
  'reservation.seated': [
    'Reservation {who} sat down',
    'Rezerwacja {who}: goście usiedli',
    'A reserva {who} foi acomodada',
  ],
  'reservation.stay-extended': [
    'Reservation {who} sits on: the tables stay theirs',
    'Rezerwacja {who}: goście zostają dłużej, stoliki są nadal ich',
    'A reserva {who} fica mais tempo: as mesas continuam com ela',
  ],
  'reservation.completed': [
    'Reservation {who} is over',
    'Rezerwacja {who} zakończona',
    'A reserva {who} terminou',
  ],
  'reservation.no-show': [
    'Reservation {who} did not come',
    'Rezerwacja {who}: goście nie przyszli',
    'A reserva {who} não veio',
  ],
  'reservation.amount-due': [
    'Reservation {who}: {amount} became due',
    'Rezerwacja {who}: powstała należność {amount}',
    'Reserva {who}: {amount} a acertar',
  ],
  'reservation.amount-settled': [
    'What was due on reservation {who} is settled',
    'Rezerwacja {who}: należność rozliczona',
    'O valor da reserva {who} foi acertado',
  ],
  'reservation.link-renewed': [
    'Reservation {who} got a new link',
    'Rezerwacja {who} ma nowy link',
    'A reserva {who} tem um novo link',
  ],
  'reservation-calendar.set': [
    'Opening hours for bookings were set',
    'Ustawiono godziny rezerwacji',
    'Os horários de reserva foram definidos',
  ],
  'reservation-day.tables-taken': [
    'Tables are taken on {date}',
    'Zajęto stoliki na {date}',
    'Mesas ocupadas em {date}',
  ],
  'reservation-day.tables-kept': [
    'Tables stay taken on {date}',
    'Stoliki nadal zajęte {date}',
    'Mesas seguem ocupadas em {date}',
  ],
  'reservation-day.tables-freed': [
    'Tables are free again on {date}',
    'Zwolniono stoliki na {date}',
    'Mesas livres de novo em {date}',
  ],
  'reservation-day.tables-blocked': [
    'Tables are blocked on {date}',
    'Zablokowano stoliki na {date}',
    'Mesas bloqueadas em {date}',
  ],
  'reservation-day.waiter-joined': [
    'Somebody waits for a table on {date}',
    'Ktoś czeka na stolik {date}',
    'Alguém espera uma mesa em {date}',
  ],
  'reservation-day.waiter-left': [
    'Somebody waits no longer for {date}',
    'Ktoś już nie czeka na {date}',
    'Alguém deixou de esperar por {date}',
  ],
  'reservation-holder.hold-opened': [
    'A table is held for a guest',
    'Stolik czeka na potwierdzenie',
    'Uma mesa está retida',
  ],
  'reservation-holder.hold-ended': [
    'A held table was let go',
    'Wstępna rezerwacja się skończyła',
    'Uma mesa retida foi liberada',
  ],
  'reservation-holder.holds-allowed': [
    'Holds of a guest were set',
    'Ustawiono limit wstępnych rezerwacji',
    'O limite de reservas retidas foi definido',
  ],
  'reservation-waitlist.joined': [
    { one: '{count} guest waits for a table', other: '{count} guests wait for a table' },
    {
      one: '{count} osoba czeka na stolik',
      few: '{count} osoby czekają na stolik',
      other: '{count} osób czeka na stolik',
    },
    { one: '{count} pessoa espera uma mesa', other: '{count} pessoas esperam uma mesa' },
  ],
  'reservation-waitlist.offered': [
    'A waiting guest was offered a table',
    'Zaproponowano stolik oczekującym',
    'Uma mesa foi oferecida a quem espera',
  ],
  'reservation-waitlist.accepted': [
    'A waiting guest took the table',
    'Oczekujący przyjęli stolik',
    'Quem esperava aceitou a mesa',
  ],
  'reservation-waitlist.left': [
    'A guest left the waitlist',
    'Gość zrezygnował z listy oczekujących',
    'Alguém saiu da lista de espera',
  ],
  'reservation-waitlist.lapsed': [
    'An offer of a table lapsed',
    'Oferta stolika wygasła',
    'Uma oferta de mesa expirou',
  ],
  'reservation-enquiry.sent': [
    { one: 'An enquiry for {count} guest came in', other: 'An enquiry for {count} guests came in' },
    {
      one: 'Zapytanie dla {count} osoby',
      few: 'Zapytanie dla {count} osób',
      other: 'Zapytanie dla {count} osób',
    },
    {
      one: 'Chegou uma consulta para {count} pessoa',
      other: 'Chegou uma consulta para {count} pessoas',
    },
  ],
  'reservation-enquiry.answered': [
    'An enquiry was answered',
    'Odpowiedziano na zapytanie',
    'Uma consulta foi respondida',
  ],
  'reservation-enquiry.closed': [
    'An enquiry was closed',
    'Zamknięto zapytanie',
    'Uma consulta foi encerrada',
  ],
  'reservation-feed.opened': [
    'A calendar feed was opened',
    'Udostępniono kalendarz',
    'Um calendário foi compartilhado',
  ],
  'reservation-feed.revoked': [
    'A calendar feed was revoked',
    'Cofnięto kalendarz',
    'Um calendário foi revogado',
  ],
};
