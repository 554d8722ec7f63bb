/** Refusals of orders, kitchen and floor. */
import type { Problems } from './problem.ts';

export const ORDER_PROBLEMS: Problems = {
  ORDER_UNKNOWN: [
    'There is no such order. Look at the orders again.',
    'Nie ma takiego zamówienia. Sprawdź listę zamówień.',
    'Não há esse pedido. Veja os pedidos de novo.',
  ],
  ORDER_NOT_OPEN: [
    'The order is closed, cancelled or merged. Place a new one, or refund what was paid.',
    'Zamówienie jest zamknięte, anulowane albo połączone. Złóż nowe albo zwróć wpłatę.',
    'O pedido está fechado, cancelado ou junto a outro. Faça um novo ou reembolse o que foi pago.',
  ],
  POINTS_ABOVE_DUE: [
    'The points are worth more than is left to pay, or nothing. Use fewer.',
    'Punkty są warte więcej, niż zostało do zapłaty, albo nic. Użyj mniej.',
    'Os pontos valem mais do que falta pagar, ou nada. Use menos.',
  ],
  PRODUCT_NOT_SOLD_NOW: [
    'The product is not sold at this time of day. Take it off and send the rest.',
    'O tej porze tego się nie sprzedaje. Usuń to i wyślij resztę.',
    'Isto não é vendido a esta hora. Tire-o e envie o resto.',
  ],
  VARIANT_UNKNOWN: [
    'The product is not sold in this size. Choose another one.',
    'Tego produktu nie ma w tym rozmiarze. Wybierz inny.',
    'O produto não é vendido neste tamanho. Escolha outro.',
  ],
  MODIFIER_UNKNOWN: [
    'The product cannot be had with this option. Choose again.',
    'Tego produktu nie można zamówić z tym dodatkiem. Wybierz ponownie.',
    'O produto não vem com este adicional. Escolha de novo.',
  ],
  MODIFIERS_OUT_OF_BOUNDS: [
    'Too few or too many options are chosen. Choose again.',
    'Wybrano za mało lub za dużo dodatków. Wybierz ponownie.',
    'Há adicionais de menos ou de mais. Escolha de novo.',
  ],
  PRICE_CHANGED: [
    'The price is another one now. Tell the guest and send it again.',
    'Cena jest już inna. Powiedz o tym gościowi i wyślij ponownie.',
    'O preço agora é outro. Avise o cliente e envie de novo.',
  ],
  SOLD_OUT: [
    'There is not enough of it left. Order fewer, or something else.',
    'Nie ma tego już tyle. Zamów mniej albo coś innego.',
    'Não resta tanto. Peça menos ou outra coisa.',
  ],
  LINE_UNKNOWN: [
    'The order has no such line any more. Look at it again.',
    'Zamówienie nie ma już takiej pozycji. Otwórz je ponownie.',
    'O pedido não tem mais esse item. Veja-o de novo.',
  ],
  LINE_GONE: [
    'The line was taken off or moved to another order. Look at the order again.',
    'Pozycję usunięto albo przeniesiono do innego zamówienia. Otwórz zamówienie ponownie.',
    'O item foi tirado ou levado a outro pedido. Veja o pedido de novo.',
  ],
  LINE_TWICE: [
    'A line is named twice. Name it once, with the whole quantity.',
    'Pozycję wymieniono dwa razy. Podaj ją raz, z całą ilością.',
    'Um item aparece duas vezes. Cite-o uma vez, com a quantidade toda.',
  ],
  LINE_CHANGED: [
    'Somebody else changed the line meanwhile. Look at it and try once more.',
    'Ktoś inny w tym czasie zmienił tę pozycję. Sprawdź ją i spróbuj jeszcze raz.',
    'Outra pessoa mudou o item nesse meio-tempo. Confira e tente outra vez.',
  ],
  LINE_QUANTITY: [
    'The order has fewer of it. Choose a smaller quantity.',
    'W zamówieniu jest ich mniej. Wybierz mniejszą ilość.',
    'O pedido tem menos disso. Escolha uma quantidade menor.',
  ],
  LINE_PAID: [
    'Money was paid for the line. Refund it instead.',
    'Ta pozycja jest opłacona. Zrób zwrot.',
    'Este item está pago. Faça um reembolso.',
  ],
  POINTS_ON_LINE: [
    'Points were used on the line, so it stays. Take the points off first, or split by amount.',
    'Na tę pozycję użyto punktów, więc zostaje. Najpierw zdejmij punkty albo dziel na kwoty.',
    'Foram usados pontos neste item, por isso ele fica. Retire os pontos antes, ou divida por valor.',
  ],
  LINES_FIRED: [
    'The kitchen was told of these lines. Void them, which may need an approval.',
    'Kuchnia wie już o tych pozycjach. Anuluj je; może to wymagać zgody.',
    'A cozinha já sabe destes itens. Anule-os; pode ser preciso uma aprovação.',
  ],
  TOO_MANY_LINES: [
    'The order has as many lines as one can have. Place another one for the rest.',
    'Zamówienie ma już najwięcej pozycji, ile może. Resztę dodaj do kolejnego.',
    'O pedido já tem o máximo de itens. Faça outro para o resto.',
  ],
  TOO_MANY_COUNTED_PRODUCTS: [
    'Too many products with counted portions at once. Add or take them off in smaller steps.',
    'Za dużo naraz produktów z liczonymi porcjami. Dodawaj lub usuwaj je po kilka.',
    'Produtos demais com porções contadas de uma vez. Faça em passos menores.',
  ],
  TAX_MODE_CHANGED: [
    'Since this bill began, the prices here changed between with and without tax. Close it and place a new order.',
    'Od otwarcia tego rachunku ceny zmieniono między „z podatkiem” a „bez podatku”. Zamknij go i złóż nowe zamówienie.',
    'Desde que esta conta começou, os preços mudaram entre com e sem imposto. Feche-a e faça um novo pedido.',
  ],
  TAX_CLASS_UNKNOWN: [
    'The location has no tax rate for this product. Add its tax class to the taxes of the location.',
    'Lokal nie ma stawki podatku dla tego produktu. Dodaj jego grupę do podatków lokalu.',
    'O local não tem alíquota para este produto. Adicione a classe dele nos impostos do local.',
  ],
  TOTAL_TOO_LARGE: [
    'The lines come to more than any order can. Check the quantities.',
    'Pozycje dają kwotę większą, niż może mieć zamówienie. Sprawdź ilości.',
    'Os itens somam mais do que um pedido pode. Confira as quantidades.',
  ],
  CURRENCY_DIFFERS: [
    'The amount is in another currency than the location sells in, or negative. Correct it.',
    'Kwota jest w innej walucie niż w lokalu albo ujemna. Popraw ją.',
    'O valor está em outra moeda que a do local, ou é negativo. Corrija-o.',
  ],
  TILLS_DIFFER: [
    'The payments name several tills. Take them at one till.',
    'Płatności są z kilku kas. Przyjmij je w jednej.',
    'Os pagamentos citam vários caixas. Receba-os em um só.',
  ],
  TIP_ABOVE_PAYMENT: [
    'The tip is more than was handed over. Enter the whole sum, tip included.',
    'Napiwek jest większy niż otrzymana kwota. Wpisz całą kwotę, z napiwkiem.',
    'A gorjeta é maior que o valor recebido. Informe o valor todo, com a gorjeta.',
  ],
  PAYMENT_ABOVE_DUE: [
    'More than is due can be taken in cash only. Take what is due, and call the rest a tip.',
    'Więcej niż do zapłaty można przyjąć tylko gotówką. Weź należną kwotę, a resztę zapisz jako napiwek.',
    'Mais do que o devido, só em dinheiro. Receba o devido e chame o resto de gorjeta.',
  ],
  PAYMENT_EMPTY: [
    'Nothing was handed over. Enter what you received.',
    'Nic nie otrzymano. Wpisz otrzymaną kwotę.',
    'Nada foi entregue. Informe o valor recebido.',
  ],
  ALLOWANCE_IS_OWN: [
    'Nobody begins their own count anew. Ask somebody else who may.',
    'Nikt nie zaczyna od nowa własnego liczenia. Poproś kogoś innego, kto może.',
    'Ninguém recomeça a própria contagem. Peça a outra pessoa que possa.',
  ],
  PAYMENT_UNKNOWN: [
    'The order has no such payment. Read the order again and choose one of its payments.',
    'To zamówienie nie ma takiej płatności. Otwórz je ponownie i wybierz jedną z jego płatności.',
    'O pedido não tem esse pagamento. Abra-o de novo e escolha um dos pagamentos dele.',
  ],
  REFUND_UNKNOWN: [
    'The order has no such refund. Read the order again and choose one of its refunds.',
    'To zamówienie nie ma takiego zwrotu. Otwórz je ponownie i wybierz jeden z jego zwrotów.',
    'O pedido não tem esse reembolso. Abra-o de novo e escolha um dos reembolsos dele.',
  ],
  POINTS_NO_PAYMENT: [
    'Points used on an order are a discount, not a payment. Take them off while the order is open.',
    'Punkty użyte w zamówieniu to rabat, nie płatność. Zdejmij je, póki zamówienie jest otwarte.',
    'Pontos usados em um pedido são desconto, não pagamento. Retire-os enquanto o pedido está aberto.',
  ],
  REFUND_EXCEEDS_PAID: [
    'More would be given back than was paid and not given back yet. Refund less.',
    'Zwrot przekracza to, co zapłacono i czego jeszcze nie zwrócono. Zwróć mniej.',
    'Seria devolvido mais do que foi pago e ainda não devolvido. Reembolse menos.',
  ],
  REFUND_UNCLEAR: [
    'It is not clear what is to be given back. Give an amount, or lines, not both.',
    'Nie wiadomo, co zwrócić. Podaj kwotę albo pozycje, nie jedno i drugie.',
    'Não está claro o que devolver. Informe um valor ou itens, não os dois.',
  ],
  DISCOUNT_UNCLEAR: [
    'A discount is either a percentage or an amount. Give one of them.',
    'Rabat to procent albo kwota. Podaj jedno.',
    'Um desconto é um percentual ou um valor. Informe um deles.',
  ],
  DISCOUNT_OUT_OF_BOUNDS: [
    'The discount comes to nothing, or to more than is left to pay. Choose another one.',
    'Rabat wynosi zero albo więcej, niż zostało do zapłaty. Wybierz inny.',
    'O desconto dá zero ou mais do que falta pagar. Escolha outro.',
  ],
  ORDER_EXISTS: [
    'This order was placed already. Look at the one that is there.',
    'To zamówienie już złożono. Otwórz istniejące.',
    'Este pedido já foi feito. Veja o que existe.',
  ],
  ORDER_PAID: [
    'There is money on the order. Refund it first.',
    'Na zamówieniu są pieniądze. Najpierw je zwróć.',
    'Há dinheiro no pedido. Reembolse-o antes.',
  ],
  ORDER_CHANGED: [
    'Somebody else changed the order at the same moment. Look at it and try once more.',
    'Ktoś inny zmienił zamówienie w tej samej chwili. Sprawdź je i spróbuj jeszcze raz.',
    'Outra pessoa mudou o pedido no mesmo momento. Confira e tente outra vez.',
  ],
  LOCATION_NOT_SELLING: [
    'The location was closed for good. Choose another one.',
    'Ten lokal zamknięto na stałe. Wybierz inny.',
    'Este local foi fechado de vez. Escolha outro.',
  ],
  NO_SUCH_TABLE: [
    'The location has no such table. Choose one of its tables.',
    'Lokal nie ma takiego stolika. Wybierz jeden z jego stolików.',
    'O local não tem essa mesa. Escolha uma das mesas dele.',
  ],
  SPLIT_UNCLEAR: [
    'It is not said how to split. Choose items, seats, amounts or a number of parts.',
    'Nie wiadomo, jak podzielić. Wybierz pozycje, miejsca, kwoty albo liczbę części.',
    'Não se disse como dividir. Escolha itens, lugares, valores ou um número de partes.',
  ],
  SPLIT_LEAVES_NOTHING: [
    'Nothing would be left on the bill. Leave one part where it is.',
    'Na rachunku nic by nie zostało. Zostaw na nim jedną część.',
    'Nada ficaria na conta. Deixe uma parte nela.',
  ],
  SPLIT_ABOVE_DUE: [
    'The new bills come to all that is due, or one of them to nothing. Split off less.',
    'Nowe rachunki obejmują całą kwotę albo któryś jest zerowy. Wydziel mniej.',
    'As novas contas levam tudo o que falta, ou uma fica em zero. Separe menos.',
  ],
  SEAT_EMPTY: [
    'Nothing was ordered for the seat. Leave it out.',
    'Dla tego miejsca nic nie zamówiono. Pomiń je.',
    'Nada foi pedido para este lugar. Deixe-o de fora.',
  ],
  SAME_ORDER: [
    'Both are the same order. Choose another one.',
    'To jest to samo zamówienie. Wybierz inne.',
    'Os dois são o mesmo pedido. Escolha outro.',
  ],
  OTHER_LOCATION: [
    'The other order is at another location. Choose one of this location.',
    'Drugie zamówienie jest w innym lokalu. Wybierz zamówienie z tego lokalu.',
    'O outro pedido é de outro local. Escolha um deste local.',
  ],
  MERGE_PAID: [
    'There are payments on the order that would end. Merge the other one into this one; where both were paid in part, pay one to its end.',
    'Na zamówieniu, które by znikło, są płatności. Połącz drugie z tym; jeśli oba są częściowo opłacone, jedno opłać do końca.',
    'Há pagamentos no pedido que acabaria. Junte o outro a este; se os dois foram pagos em parte, quite um deles.',
  ],
  DEVICE_QUEUE_ONLY: [
    'Orders of a device that was offline come through its own queue. Leave the device out.',
    'Zamówienia z urządzenia bez sieci idą jego kolejką. Pomiń urządzenie.',
    'Pedidos de um aparelho sem rede vêm pela fila dele. Deixe o aparelho de fora.',
  ],
  TICKET_OF_ANOTHER_STATION: [
    'The id is that of another ticket. Leave the id out.',
    'To identyfikator innego bonu. Pomiń identyfikator.',
    'O id é de outra comanda. Deixe o id de fora.',
  ],
  TABLE_OF_ANOTHER_ID: [
    'The id is that of another table. Leave the id out.',
    'To identyfikator innego stolika. Pomiń identyfikator.',
    'O id é de outra mesa. Deixe o id de fora.',
  ],
  TABLE_SEATED: [
    'Somebody sits at the table, or it was not cleared since. Choose another one, or say that this one is free.',
    'Ktoś siedzi przy tym stoliku albo go nie sprzątnięto. Wybierz inny albo oznacz ten jako wolny.',
    'Há alguém nesta mesa, ou ela não foi limpa. Escolha outra ou diga que está livre.',
  ],
  TABLE_STATE_UNCLEAR: [
    'Only guests who sit down have a number, a reservation or a name. Leave these out, or say that the table is seated.',
    'Liczbę osób, rezerwację i gościa podaje się tylko, gdy ktoś siada. Pomiń je albo oznacz stolik jako zajęty.',
    'Só quem se senta tem número, reserva ou nome. Deixe isso de fora ou diga que a mesa está ocupada.',
  ],
  IMPORT_BATCH_EXISTS: [
    'This batch was imported already. Leave the id out.',
    'Tę partię już wczytano. Pomiń identyfikator.',
    'Este lote já foi importado. Deixe o id de fora.',
  ],
  IMPORT_BELOW_ZERO: [
    'The lines of an order come to less than nothing. Look at its corrections.',
    'Pozycje zamówienia dają mniej niż zero. Sprawdź jego korekty.',
    'Os itens de um pedido dão menos que zero. Veja as correções dele.',
  ],
};
