/** Refusals of reservations, waiting list and enquiries. */
import type { Problems } from './problem.ts';

export const RESERVATION_PROBLEMS: Problems = {
  TIME_INVALID: [
    'There is no such date or time. Choose another one.',
    'Nie ma takiej daty lub godziny. Wybierz inną.',
    'Não há essa data ou hora. Escolha outra.',
  ],
  TIME_DOES_NOT_EXIST: [
    'The clocks go forward over this time. Choose one before or after.',
    'Tej godziny nie ma, bo wtedy przesuwa się zegary. Wybierz wcześniejszą lub późniejszą.',
    'O relógio pula essa hora nesse dia. Escolha uma antes ou depois.',
  ],
  TIME_AMBIGUOUS: [
    'The clocks show this time twice that day. Say which of the two is meant.',
    'Ta godzina wypada tego dnia dwa razy. Podaj, o którą chodzi.',
    'Essa hora acontece duas vezes nesse dia. Diga qual das duas.',
  ],
  OFF_GRID: [
    'Reservations do not start at this minute. Choose one of the offered times.',
    'Rezerwacje nie zaczynają się o tej minucie. Wybierz jedną z proponowanych godzin.',
    'Reservas não começam nesse minuto. Escolha um dos horários oferecidos.',
  ],
  LOCATION_CLOSED_THEN: [
    'The house takes no reservations at this time. Choose one within its hours.',
    'O tej porze lokal nie przyjmuje rezerwacji. Wybierz porę w godzinach otwarcia.',
    'A casa não aceita reservas nesse horário. Escolha um dentro do expediente.',
  ],
  BOOKINGS_STOPPED: [
    'The house takes no reservations at present. Call it.',
    'Lokal nie przyjmuje teraz rezerwacji. Zadzwoń.',
    'A casa não aceita reservas no momento. Ligue para ela.',
  ],
  TOO_LATE: [
    'It is too late to reserve for this time. Choose a later one, or call.',
    'Na tę porę jest już za późno. Wybierz późniejszą albo zadzwoń.',
    'É tarde demais para reservar nesse horário. Escolha outro mais tarde ou ligue.',
  ],
  TOO_FAR_AHEAD: [
    'Reservations are not taken that far ahead. Choose an earlier date.',
    'Tak daleko naprzód nie przyjmuje się rezerwacji. Wybierz wcześniejszy dzień.',
    'Não se reserva com tanta antecedência. Escolha uma data mais próxima.',
  ],
  PARTY_TOO_SMALL: [
    'Such a small party needs no reservation. Come as you are.',
    'Dla tak małej liczby osób nie trzeba rezerwacji. Po prostu przyjdźcie.',
    'Um grupo tão pequeno não precisa de reserva. É só vir.',
  ],
  PARTY_TOO_LARGE: [
    'The party is larger than one reservation can be. Send an enquiry, or make several reservations.',
    'To więcej osób, niż mieści jedna rezerwacja. Wyślij zapytanie albo zrób kilka rezerwacji.',
    'O grupo é maior do que uma reserva comporta. Envie uma consulta ou faça várias reservas.',
  ],
  NO_TABLES: [
    'The location has no tables that can be reserved. Add tables first.',
    'Lokal nie ma stolików do rezerwacji. Najpierw je dodaj.',
    'O local não tem mesas para reservar. Adicione mesas antes.',
  ],
  TABLE_OR_AREA_UNKNOWN: [
    'The location has no such table or area. Choose one of its own.',
    'Lokal nie ma takiego stolika ani sali. Wybierz z tych, które ma.',
    'O local não tem essa mesa ou área. Escolha uma das dele.',
  ],
  SLOT_FULL: [
    'Nothing is free at this time. Choose another time, or the waiting list.',
    'O tej porze nie ma nic wolnego. Wybierz inną albo listę oczekujących.',
    'Não há nada livre nesse horário. Escolha outro ou a lista de espera.',
  ],
  CHANGED_MEANWHILE: [
    'Somebody else changed it at the same time. Look at it and try once more.',
    'Ktoś inny zmienił to w tej samej chwili. Sprawdź i spróbuj jeszcze raz.',
    'Outra pessoa mudou isto ao mesmo tempo. Confira e tente outra vez.',
  ],
  RESERVATION_EXISTS: [
    'This reservation is there already. Change it, or make another one.',
    'Ta rezerwacja już jest. Zmień ją albo zrób inną.',
    'Esta reserva já existe. Altere-a ou faça outra.',
  ],
  CUSTOMER_UNKNOWN: [
    'There is no such active guest. Choose another one, or leave the guest out.',
    'Nie ma takiego aktywnego gościa. Wybierz innego albo pomiń.',
    'Não há esse cliente ativo. Escolha outro ou deixe de fora.',
  ],
  TOO_MANY_HOLDS: [
    'As many reservations as allowed are held for this contact. Confirm or give up one of them.',
    'Dla tego kontaktu jest już najwięcej wstępnych rezerwacji, ile wolno. Potwierdź albo odwołaj którąś.',
    'Este contato já retém o máximo de reservas. Confirme uma ou desista de uma.',
  ],
  CONTACT_NEEDED: [
    'Nobody has said yet who comes. Change the contact first, then confirm.',
    'Nikt jeszcze nie podał, kto przyjdzie. Najpierw zmień kontakt, potem potwierdź.',
    'Ninguém disse ainda quem vem. Altere o contato primeiro e depois confirme.',
  ],
  HOLD_EXPIRED: [
    'The time to confirm is over and the tables are free again. Reserve anew.',
    'Czas na potwierdzenie minął i stoliki są znów wolne. Zarezerwuj od nowa.',
    'O prazo para confirmar acabou e as mesas estão livres. Reserve de novo.',
  ],
  RESERVATION_OVER: [
    'The reservation is over and takes no changes. Make another one.',
    'Ta rezerwacja jest zakończona i nie można jej zmienić. Zrób nową.',
    'A reserva terminou e não muda mais. Faça outra.',
  ],
  RESERVATION_NOT_CONFIRMED: [
    'The reservation is not confirmed yet. Confirm it first.',
    'Rezerwacja nie jest jeszcze potwierdzona. Najpierw ją potwierdź.',
    'A reserva ainda não foi confirmada. Confirme-a antes.',
  ],
  ALREADY_SEATED: [
    'The guests are seated already. Complete the reservation, or seat them at other tables.',
    'Goście już siedzą. Zakończ rezerwację albo posadź ich przy innych stolikach.',
    'O grupo já está acomodado. Encerre a reserva ou mude as mesas.',
  ],
  TOO_EARLY: [
    'The reservation has not begun. Wait until its start.',
    'Rezerwacja jeszcze się nie zaczęła. Zaczekaj do jej początku.',
    'A reserva ainda não começou. Espere até o início.',
  ],
  TABLES_TAKEN: [
    'Some of these tables are taken then. Choose others, or free these first.',
    'Niektóre z tych stolików są wtedy zajęte. Wybierz inne albo najpierw je zwolnij.',
    'Algumas destas mesas estão ocupadas nesse horário. Escolha outras ou libere estas.',
  ],
  AMOUNT_UNKNOWN: [
    'The reservation has no such open amount. Look at it again.',
    'Rezerwacja nie ma takiej otwartej należności. Otwórz ją ponownie.',
    'A reserva não tem esse valor em aberto. Veja-a de novo.',
  ],
  CALENDAR_OF_ANOTHER_LOCATION: [
    'These rules belong to another location. Leave the id out.',
    'Te zasady są innego lokalu. Pomiń identyfikator.',
    'Estas regras são de outro local. Deixe o id de fora.',
  ],
  CALENDAR_UNSOUND: [
    'The rules contradict one another. Correct the field that is marked.',
    'Zasady sobie przeczą. Popraw oznaczone pole.',
    'As regras se contradizem. Corrija o campo indicado.',
  ],
  BLOCK_OF_ANOTHER_DAY: [
    'The block belongs to another day. Leave the id out.',
    'Ta blokada należy do innego dnia. Pomiń identyfikator.',
    'O bloqueio é de outro dia. Deixe o id de fora.',
  ],
  BLOCK_TOO_LONG: [
    'A block ends after it begins, and within two days. Block day by day, or set other hours for these days.',
    'Blokada kończy się po początku i trwa najwyżej dwa dni. Blokuj dzień po dniu albo ustaw na te dni inne godziny.',
    'Um bloqueio termina depois de começar, e em até dois dias. Bloqueie dia a dia ou defina outros horários.',
  ],
  NOTHING_TO_OFFER: [
    'Nothing is free for anybody on the waiting list. Wait until something becomes free.',
    'Dla nikogo z listy oczekujących nie ma nic wolnego. Zaczekaj, aż coś się zwolni.',
    'Nada está livre para quem espera. Aguarde até algo vagar.',
  ],
  BLOCK_UNKNOWN: [
    'There is no such block on this day. Look at the day again.',
    'Tego dnia nie ma takiej blokady. Otwórz dzień ponownie.',
    'Não há esse bloqueio neste dia. Veja o dia de novo.',
  ],
  HOLDER_OF_ANOTHER_ID: [
    'The limit belongs to somebody else. Leave the id out.',
    'Ten limit jest dla kogoś innego. Pomiń identyfikator.',
    'O limite é de outra pessoa. Deixe o id de fora.',
  ],
  WAITLIST_ENTRY_EXISTS: [
    'This entry of the waiting list is there already. Take it off first, or add another one.',
    'Ten wpis na liście oczekujących już jest. Najpierw go zdejmij albo dodaj inny.',
    'Este registro da lista de espera já existe. Tire-o antes ou adicione outro.',
  ],
  WINDOW_INVALID: [
    'The latest start lies before the earliest one, or on another day. Correct the times.',
    'Najpóźniejszy start jest przed najwcześniejszym albo innego dnia. Popraw godziny.',
    'O início mais tarde vem antes do mais cedo, ou em outro dia. Corrija os horários.',
  ],
  WAITLIST_FULL: [
    'The waiting list of this day is full. Choose another day.',
    'Lista oczekujących na ten dzień jest pełna. Wybierz inny dzień.',
    'A lista de espera deste dia está cheia. Escolha outro dia.',
  ],
  NOTHING_OFFERED: [
    'Nothing was offered yet. Wait for an offer.',
    'Nic jeszcze nie zaproponowano. Zaczekaj na ofertę.',
    'Nada foi oferecido ainda. Aguarde uma oferta.',
  ],
  OFFER_EXPIRED: [
    'The time to take the offer is over. Join the waiting list anew, or reserve another time.',
    'Czas na przyjęcie oferty minął. Wpisz się ponownie albo zarezerwuj inną porę.',
    'O prazo da oferta acabou. Entre de novo na lista ou reserve outro horário.',
  ],
  ENQUIRY_EXISTS: [
    'This enquiry is there already. Answer it, or note another one.',
    'To zapytanie już jest. Odpowiedz na nie albo zapisz inne.',
    'Esta consulta já existe. Responda-a ou anote outra.',
  ],
  ENQUIRY_CLOSED: [
    'The enquiry was settled. Note another one.',
    'To zapytanie jest załatwione. Zapisz nowe.',
    'A consulta já foi encerrada. Anote outra.',
  ],
  ENQUIRY_UNANSWERED: [
    'The enquiry has no offer yet. Answer it with an offer first.',
    'Zapytanie nie ma jeszcze oferty. Najpierw odpowiedz ofertą.',
    'A consulta ainda não tem oferta. Responda com uma antes.',
  ],
  FEED_EXISTS: [
    'This calendar is shared already. Use it, or share another one.',
    'Ten kalendarz jest już udostępniony. Użyj go albo udostępnij inny.',
    'Este calendário já é compartilhado. Use-o ou compartilhe outro.',
  ],
};
