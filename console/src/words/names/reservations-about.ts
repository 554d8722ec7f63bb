/** What the commands of reservations do. */
import type { ModuleNames } from './name.ts';

export const RESERVATION_ABOUT: ModuleNames['about'] = {
  MakeReservation: [
    'Rezerwuje stoliki od razu albo wstępnie, do potwierdzenia.',
    'Reserva mesas de imediato, ou retidas até a confirmação.',
  ],
  ConfirmReservation: [
    'Potwierdza wstępną rezerwację (gość) lub oczekującą (lokal).',
    'Confirma uma reserva retida (o cliente) ou pendente (a casa).',
  ],
  ChangeReservation: [
    'Zmienia początek, liczbę osób lub stoliki; co pominięto, zostaje.',
    'Altera início, número de pessoas ou mesas; o que for omitido fica.',
  ],
  ChangeReservationContact: [
    'Zmienia kontakt do gościa albo notatkę.',
    'Altera o contato do cliente ou a observação.',
  ],
  CancelReservation: [
    'Odwołuje rezerwację; gdy gość robi to późno, może powstać opłata.',
    'Cancela a reserva; se o cliente o faz tarde, pode ser devida uma taxa.',
  ],
  ExpireReservationHold: [
    'Usuwa wstępną rezerwację, której czas minął.',
    'Encerra uma reserva retida cujo prazo acabou.',
  ],
  MarkReservationLate: [
    'Zapisuje, że goście przyjdą później.',
    'Anota que o grupo chega mais tarde.',
  ],
  SeatReservation: [
    'Goście przyszli: siedzą przy swoich stolikach albo przy innych wolnych.',
    'O grupo chegou: às suas mesas, ou a outras que estejam livres.',
  ],
  CompleteReservation: [
    'Goście wyszli; stoliki są znów wolne.',
    'O grupo saiu; as mesas estão livres de novo.',
  ],
  MarkReservationNoShow: [
    'Goście nie przyszli; może powstać opłata.',
    'O grupo não veio; pode ser devida uma taxa.',
  ],
  SettleReservationAmount: [
    'Zapisuje, że należność zapłacono albo zadatek zwrócono.',
    'Anota que um valor devido foi pago ou que um sinal foi devolvido.',
  ],
  WaiveReservationAmount: [
    'Rezygnuje z należności, z powodem.',
    'Dispensa um valor devido, com motivo.',
  ],
  RenewReservationLink: [
    'Unieważnia linki do zarządzania rezerwacją i tworzy nowy.',
    'Invalida os links de gestão da reserva e gera um novo.',
  ],
  SetReservationCalendar: [
    'Ustawia, jak lokal przyjmuje rezerwacje; co pominięto, zostaje.',
    'Define como o local aceita reservas; o que for omitido fica.',
  ],
  BlockTables: [
    'Na pewien czas nie pozwala rezerwować stolików lub całych sal.',
    'Impede por um tempo a reserva de mesas ou de áreas inteiras.',
  ],
  LiftBlock: ['Zwalnia to, co było zablokowane.', 'Libera o que estava bloqueado.'],
  OfferFreedTables: [
    'Proponuje wolne miejsca oczekującym, w kolejności zgłoszeń.',
    'Oferece o que está livre a quem espera, por ordem de chegada.',
  ],
  AllowHolds: [
    'Pozwala temu adresowi i kontaktowi mieć naraz więcej wstępnych rezerwacji, na przykład hotelowi.',
    'Permite que este endereço e contato retenha mais reservas ao mesmo tempo, como um hotel.',
  ],
  JoinWaitlist: [
    'Czeka, aż w danym dniu zwolnią się stoliki.',
    'Espera que mesas fiquem livres em um dia.',
  ],
  AcceptWaitlistOffer: [
    'Przyjmuje propozycję: staje się rezerwacją.',
    'Aceita o que foi oferecido: vira uma reserva.',
  ],
  LeaveWaitlist: [
    'Nie czeka dłużej albo odrzuca propozycję.',
    'Não espera mais, ou recusa o que foi oferecido.',
  ],
  LapseWaitlistOffer: [
    'Usuwa propozycję, której czas minął.',
    'Encerra uma oferta cujo prazo acabou.',
  ],
  SendEnquiry: [
    'Pyta o przyjęcie: data, osoby, budżet.',
    'Pergunta por um evento: data, pessoas, orçamento.',
  ],
  AnswerEnquiry: [
    'Odpowiada ofertą; kolejna odpowiedź ją zastępuje.',
    'Responde com uma oferta; outra resposta a substitui.',
  ],
  AcceptEnquiry: ['Gość przyjmuje ofertę.', 'O cliente aceita a oferta.'],
  WithdrawEnquiry: ['Gość już nie pyta.', 'O cliente desiste da consulta.'],
  DeclineEnquiry: ['Lokal nie może tego przyjąć.', 'A casa não pode atender.'],
  OpenReservationFeed: [
    'Tworzy tajny adres rezerwacji lokalu dla kalendarzy.',
    'Cria um endereço secreto das reservas de um local, para calendários.',
  ],
  RevokeReservationFeed: ['Unieważnia ten adres.', 'Invalida esse endereço.'],
};
