/** Refusals about guests, their points and segments. */
import type { Problems } from './problem.ts';

export const CUSTOMER_PROBLEMS: Problems = {
  CUSTOMER_EXISTS: [
    'A guest with this id is registered already. Change that one, or register with another id.',
    'Gość o tym identyfikatorze już jest. Zmień jego dane albo zapisz innego.',
    'Já há um cliente com este id. Altere-o ou cadastre outro.',
  ],
  CUSTOMER_ARCHIVED: [
    'The guest was archived and takes no changes. Register the person anew.',
    'Ten gość jest w archiwum i nie można go zmieniać. Zapisz osobę od nowa.',
    'Este cliente foi arquivado e não muda mais. Cadastre a pessoa de novo.',
  ],
  CUSTOMER_MERGED: [
    'The guest was merged into another one. Change that one, or take the merge back.',
    'Tego gościa połączono z innym. Zmień tamtego albo cofnij połączenie.',
    'Este cliente foi unido a outro. Altere o outro ou desfaça a união.',
  ],
  IDENTIFIER_UNKNOWN: [
    'The guest has no such phone or e-mail any more. Look at the guest again.',
    'Gość nie ma już takiego telefonu ani e-maila. Otwórz gościa ponownie.',
    'O cliente não tem mais esse telefone ou e-mail. Veja o cliente de novo.',
  ],
  IDENTIFIERS_TOO_MANY: [
    'The guest has as many phones and e-mails as one may have. Remove one that is not used.',
    'Gość ma już najwięcej telefonów i e-maili, ile może. Usuń nieużywany.',
    'O cliente já tem o máximo de telefones e e-mails. Remova um que não se usa.',
  ],
  IDENTIFIER_NOT_CONTACT: [
    'Only a phone or an e-mail can be the main contact. Choose one of them.',
    'Głównym kontaktem może być tylko telefon lub e-mail. Wybierz jeden z nich.',
    'Só um telefone ou e-mail pode ser o contato principal. Escolha um.',
  ],
  TAGS_TOO_MANY: [
    'The guest would have more tags than one may have. Take some off first.',
    'Gość miałby za dużo oznaczeń. Najpierw zdejmij niektóre.',
    'O cliente ficaria com etiquetas demais. Tire algumas antes.',
  ],
  NOTES_TOO_MANY: [
    'There are as many notes about the guest as there may be. Remove one that is out of date.',
    'O tym gościu jest już najwięcej notatek, ile może być. Usuń nieaktualną.',
    'Já há o máximo de observações sobre o cliente. Remova uma antiga.',
  ],
  NOTE_UNKNOWN: [
    'The note is not there any more. Look at the guest again.',
    'Tej notatki już nie ma. Otwórz gościa ponownie.',
    'Esta observação não existe mais. Veja o cliente de novo.',
  ],
  MERGE_WITH_ITSELF: [
    'A guest cannot be merged with itself. Choose the other guest.',
    'Gościa nie można połączyć z nim samym. Wybierz drugiego.',
    'Um cliente não pode ser unido a si mesmo. Escolha o outro.',
  ],
  MERGES_TOO_MANY: [
    'The guest stands for as many others as one may. Check whether these are really one person.',
    'Ten gość zastępuje już najwięcej innych, ile może. Sprawdź, czy to naprawdę jedna osoba.',
    'Este cliente já representa o máximo de outros. Veja se são mesmo a mesma pessoa.',
  ],
  OTHER_CUSTOMER_UNKNOWN: [
    'The other guest does not exist. Check the id, phone or e-mail.',
    'Drugiego gościa nie ma. Sprawdź identyfikator, telefon lub e-mail.',
    'O outro cliente não existe. Confira o id, telefone ou e-mail.',
  ],
  OTHER_CUSTOMER_NOT_ACTIVE: [
    'The other guest is archived or merged. Choose the one it was merged into.',
    'Drugi gość jest w archiwum lub już połączony. Wybierz tego, z którym go połączono.',
    'O outro cliente está arquivado ou já foi unido. Escolha aquele a que foi unido.',
  ],
  CUSTOMERS_NOT_MERGED: [
    'These two are not merged. Look at the guest again.',
    'Tych dwóch gości nie połączono. Otwórz gościa ponownie.',
    'Estes dois não estão unidos. Veja o cliente de novo.',
  ],
  CUSTOMER_ZONE_UNKNOWN: [
    'There is no such time zone. Give one such as Europe/Warsaw.',
    'Nie ma takiej strefy czasowej. Podaj na przykład Europe/Warsaw.',
    'Não há esse fuso horário. Informe um como America/Sao_Paulo.',
  ],
  SEGMENT_EXISTS: [
    'A segment with this id exists already. Change it, or save another one.',
    'Segment o tym identyfikatorze już jest. Zmień go albo zapisz inny.',
    'Já há um segmento com este id. Altere-o ou salve outro.',
  ],
  SEGMENT_REMOVED: [
    'The segment was removed. Save it anew.',
    'Ten segment usunięto. Zapisz go od nowa.',
    'Este segmento foi removido. Salve-o de novo.',
  ],
  PROGRAMME_ZONE_UNKNOWN: [
    'There is no such time zone. Give one such as Europe/Warsaw.',
    'Nie ma takiej strefy czasowej. Podaj na przykład Europe/Warsaw.',
    'Não há esse fuso horário. Informe um como America/Sao_Paulo.',
  ],
  TIERS_UNORDERED: [
    'The thresholds of the tiers do not rise. Put the tiers in order, each threshold once.',
    'Progi poziomów nie rosną. Ułóż poziomy od najniższego, każdy próg raz.',
    'Os mínimos dos níveis não crescem. Ponha os níveis em ordem, cada mínimo uma vez.',
  ],
  RULE_NAME_TWICE: [
    'Two tiers or bonuses have one name, or a tier is called standard. Give each its own name.',
    'Dwa poziomy lub bonusy mają tę samą nazwę albo poziom nazywa się standard. Nadaj każdemu własną.',
    'Dois níveis ou bônus têm o mesmo nome, ou um nível se chama standard. Dê um nome a cada um.',
  ],
  RATE_WITHOUT_SUBJECT: [
    'A rate is for a product or for a menu section. Choose exactly one of the two.',
    'Przelicznik dotyczy produktu albo działu menu. Wybierz dokładnie jedno.',
    'Uma taxa vale para um produto ou para uma seção. Escolha exatamente um.',
  ],
  MEMBER_UNKNOWN: [
    'There is no such member. Enrol the guest first.',
    'Nie ma takiego uczestnika. Najpierw zapisz gościa do programu.',
    'Não há esse membro. Inscreva o cliente antes.',
  ],
  MEMBER_ID_DIFFERS: [
    'A member has the id of the guest. Leave the id out.',
    'Uczestnik ma identyfikator gościa. Pomiń identyfikator.',
    'O membro tem o id do cliente. Deixe o id de fora.',
  ],
  MEMBER_WITHOUT_CUSTOMER: [
    'There is no such active guest. Register the guest first.',
    'Nie ma takiego aktywnego gościa. Najpierw go zapisz.',
    'Não há esse cliente ativo. Cadastre-o antes.',
  ],
  POINTS_NOT_ENOUGH: [
    'The member has fewer points that may be used now. Use fewer.',
    'Uczestnik ma mniej punktów do użycia. Użyj mniej.',
    'O membro tem menos pontos para usar agora. Use menos.',
  ],
  NO_DEBT: [
    'The member owes no points, or fewer than that. Forgive fewer.',
    'Uczestnik nie ma długu punktów albo ma mniejszy. Umorz mniej.',
    'O membro não deve pontos, ou deve menos. Perdoe menos.',
  ],
  ORDER_UNKNOWN_FOR_MEMBER: [
    'This order takes no points of this member. Check that it is open, its currency and whose it is.',
    'To zamówienie nie przyjmie punktów tego uczestnika. Sprawdź, czy jest otwarte, jego walutę i czyje jest.',
    'Este pedido não aceita pontos deste membro. Veja se está aberto, a moeda e de quem é.',
  ],
  ONLY_FOR_ORDERS: [
    'Points of an order follow from its payments. Pay or refund the order, or give points by hand.',
    'Punkty za zamówienie wynikają z płatności. Opłać lub zwróć zamówienie albo przyznaj punkty ręcznie.',
    'Os pontos de um pedido vêm dos pagamentos. Pague ou reembolse o pedido, ou dê pontos à mão.',
  ],
  BURN_UNKNOWN: [
    'This member has not used these points. Look at the order again.',
    'Ten uczestnik nie użył tych punktów. Sprawdź zamówienie.',
    'Este membro não usou esses pontos. Veja o pedido de novo.',
  ],
};
