/** Refusals of quizzes, leads and invoices. */
import type { Problems } from './problem.ts';

export const LEAD_PROBLEMS: Problems = {
  QUIZ_EXISTS: [
    'There is a quiz with this address. Save a draft of it, or choose another address.',
    'Quiz o tym adresie już jest. Zapisz jego szkic albo wybierz inny adres.',
    'Já há um quiz com este endereço. Salve um rascunho dele ou escolha outro.',
  ],
  QUIZ_FAULTY: [
    'The quiz cannot be published yet. Correct what is marked and publish again.',
    'Quizu nie można jeszcze opublikować. Popraw to, co oznaczone, i spróbuj ponownie.',
    'O quiz ainda não pode ser publicado. Corrija o que está marcado e publique de novo.',
  ],
  QUIZ_VERSIONS_FULL: [
    'The quiz has had all the versions it may have. Create a new quiz from the draft.',
    'Quiz miał już najwięcej wersji, ile może. Utwórz nowy na podstawie szkicu.',
    'O quiz já teve todas as versões que pode ter. Crie um novo a partir do rascunho.',
  ],
  QUIZ_NOT_OPEN: [
    'The quiz takes no new visits. Publish or open it again.',
    'Quiz nie przyjmuje nowych wizyt. Opublikuj go albo otwórz ponownie.',
    'O quiz não aceita novas visitas. Publique-o ou reabra-o.',
  ],
  SESSION_EXISTS: [
    'This visit was started already. Open the quiz again.',
    'Tę wizytę już rozpoczęto. Otwórz quiz ponownie.',
    'Esta visita já foi iniciada. Abra o quiz de novo.',
  ],
  SESSION_UNKNOWN: [
    'There is no such visit. Open the quiz again.',
    'Nie ma takiej wizyty. Otwórz quiz ponownie.',
    'Não há essa visita. Abra o quiz de novo.',
  ],
  SESSION_COMPLETED: [
    'The quiz was completed. Start another visit to answer anew.',
    'Quiz jest ukończony. Aby odpowiedzieć od nowa, zacznij nową wizytę.',
    'O quiz foi concluído. Inicie outra visita para responder de novo.',
  ],
  SESSION_TOO_LONG: [
    'The visit has had more answers than any quiz needs. Start another one.',
    'W tej wizycie jest więcej odpowiedzi, niż potrzebuje jakikolwiek quiz. Zacznij nową.',
    'A visita já teve mais respostas do que um quiz precisa. Inicie outra.',
  ],
  QUIZ_VERSION_OTHER: [
    'The quiz was changed since. Open it again.',
    'Quiz w tym czasie zmieniono. Otwórz go ponownie.',
    'O quiz mudou nesse meio-tempo. Abra-o de novo.',
  ],
  QUESTION_UNKNOWN: [
    'The quiz has no such question. Open it again.',
    'Quiz nie ma takiego pytania. Otwórz go ponownie.',
    'O quiz não tem essa pergunta. Abra-o de novo.',
  ],
  QUESTION_NOT_ASKED: [
    'This question is not on the way that the answers took. Answer the one that is shown.',
    'Tego pytania nie ma na drodze tych odpowiedzi. Odpowiedz na to, które widać.',
    'Esta pergunta não está no caminho das respostas. Responda à que aparece.',
  ],
  ANSWER_INVALID: [
    'The question cannot be answered like this. Correct the answer.',
    'Na to pytanie nie można tak odpowiedzieć. Popraw odpowiedź.',
    'Não se pode responder assim. Corrija a resposta.',
  ],
  LEAD_EXISTS: [
    'This lead is there already. Change it.',
    'Ten lead już jest. Zmień go.',
    'Este lead já existe. Altere-o.',
  ],
  LEAD_REASON_MISSING: [
    'This move needs a reason. Say why the lead is lost, goes back or is opened again.',
    'Ta zmiana wymaga powodu. Napisz, dlaczego lead jest przegrany, cofa się lub jest otwierany ponownie.',
    'Esta mudança pede um motivo. Diga por que o lead se perde, volta ou é reaberto.',
  ],
  LEAD_CUSTOMER_UNKNOWN: [
    'There is no such guest, or not any more. Register the guest, or link another one.',
    'Nie ma takiego gościa albo już go nie ma. Zapisz go albo połącz z innym.',
    'Não há esse cliente, ou não mais. Cadastre-o ou ligue a outro.',
  ],
  LEAD_CUSTOMER_AMBIGUOUS: [
    'Several guests have the e-mail or phone of the lead. Link the right one, or merge them if they are one person.',
    'Kilku gości ma e-mail lub telefon tego leada. Połącz z właściwym albo scal ich, jeśli to jedna osoba.',
    'Vários clientes têm o e-mail ou telefone do lead. Ligue ao certo ou una-os se forem a mesma pessoa.',
  ],
  LEAD_LINKED: [
    'The lead is linked to another guest. Merge the two guests if they are one person.',
    'Lead jest połączony z innym gościem. Połącz tych gości, jeśli to jedna osoba.',
    'O lead está ligado a outro cliente. Una os dois clientes se forem a mesma pessoa.',
  ],
  SERIES_OTHER_KIND: [
    'The series numbers papers of another kind. Take another series: invoices and credit notes never share one.',
    'Ta seria numeruje inne dokumenty. Wybierz inną: faktury i korekty nigdy nie mają wspólnej.',
    'A série numera documentos de outro tipo. Use outra: faturas e notas de crédito nunca dividem uma.',
  ],
  INVOICE_EXISTS: [
    'The order has an invoice already. Credit the whole of it before another one is issued.',
    'To zamówienie ma już fakturę. Przed wystawieniem następnej skoryguj ją w całości.',
    'O pedido já tem uma fatura. Credite-a inteira antes de emitir outra.',
  ],
  INVOICE_ELSEWHERE: [
    'An invoice of this order cannot have that id. Leave the id out.',
    'Faktura tego zamówienia nie może mieć takiego identyfikatora. Pomiń go.',
    'Uma fatura deste pedido não pode ter esse id. Deixe o id de fora.',
  ],
  INVOICE_ORDER_UNKNOWN: [
    'There is no such order to be invoiced. Check the order.',
    'Nie ma takiego zamówienia do zafakturowania. Sprawdź zamówienie.',
    'Não há esse pedido para faturar. Confira o pedido.',
  ],
  INVOICE_ORDER_NOT_CLOSED: [
    'The order is not closed, so its lines are not final. Take what is left to pay first.',
    'Zamówienie nie jest zamknięte, więc pozycje mogą się zmienić. Najpierw przyjmij resztę zapłaty.',
    'O pedido não está fechado, então os itens não são finais. Receba antes o que falta.',
  ],
  INVOICE_EMPTY: [
    'The order comes to nothing, so there is nothing to invoice.',
    'Zamówienie wynosi zero, więc nie ma czego fakturować.',
    'O pedido dá zero, então não há o que faturar.',
  ],
  INVOICE_SELLER_MISSING: [
    'The business has not said who it is. Fill in its profile in the settings.',
    'Brak danych firmy. Uzupełnij je w ustawieniach.',
    'Faltam os dados da empresa. Preencha-os nas configurações.',
  ],
  INVOICE_STILL_KEPT: [
    'The law asks to keep the invoice for longer. Wait until that time is over.',
    'Prawo każe przechowywać fakturę dłużej. Zaczekaj, aż ten czas minie.',
    'A lei exige guardar a fatura por mais tempo. Espere esse prazo acabar.',
  ],
  CREDIT_NOTE_EXISTS: [
    'This credit note is there already. Leave the id out.',
    'Ta faktura korygująca już jest. Pomiń identyfikator.',
    'Esta nota de crédito já existe. Deixe o id de fora.',
  ],
  INVOICE_UNKNOWN: [
    'There is no such invoice. Check the invoice.',
    'Nie ma takiej faktury. Sprawdź fakturę.',
    'Não há essa fatura. Confira a fatura.',
  ],
  CREDIT_NOTE_EMPTY: [
    'Everything that was given back has its credit note. Refund the order first, or credit the whole invoice.',
    'Wszystko, co zwrócono, ma już korektę. Najpierw zrób zwrot albo skoryguj całą fakturę.',
    'Tudo o que foi devolvido já tem nota de crédito. Reembolse o pedido antes ou credite a fatura toda.',
  ],
  SERIES_BEGUN: [
    'The series has given out numbers already. Take another series: numbers are never skipped and never given twice.',
    'Ta seria nadała już numery. Wybierz inną: numerów się nie pomija ani nie powtarza.',
    'A série já deu números. Use outra: números nunca se pulam nem se repetem.',
  ],
  SERIES_ELSEWHERE: [
    'The id of a series is its letters and its year. Leave the id out.',
    'Identyfikatorem serii są jej litery i rok. Pomiń identyfikator.',
    'O id de uma série são suas letras e o ano. Deixe o id de fora.',
  ],
};
