/** What the commands of orders do. */
import type { ModuleNames } from './name.ts';

export const ORDER_ABOUT: ModuleNames['about'] = {
  PlaceOrder: [
    'Składa zamówienie i przyjmuje płatność, jeśli płaci się od razu.',
    'Faz um pedido e recebe o pagamento, quando se paga na hora.',
  ],
  AddLines: [
    'Dodaje pozycje do otwartego zamówienia; cudze pozycje zostają, jakie są.',
    'Adiciona itens em um pedido aberto; os itens dos outros ficam como estão.',
  ],
  PayOrder: [
    'Przyjmuje płatność; ta, po której nic nie zostaje, zamyka zamówienie.',
    'Recebe um pagamento; o que não deixa nada a pagar fecha o pedido.',
  ],
  RefundOrder: [
    'Oddaje pieniądze: za pozycje, kwotę rozłożoną na wszystkie albo całość.',
    'Devolve dinheiro: por itens, um valor sobre todos, ou tudo.',
  ],
  CorrectPayment: [
    'Mówi, że płatność przyszła inaczej, niż zapisano; liczy się w zmianie kasy i dniu poprawki.',
    'Diz que um pagamento veio de outra forma; conta na sessão do caixa e no dia da correção.',
  ],
  CorrectRefund: [
    'Mówi, że zwrot oddano inaczej, niż zapisano; liczy się w zmianie kasy i dniu poprawki.',
    'Diz que um reembolso foi feito de outra forma; conta na sessão do caixa e no dia da correção.',
  ],
  TakePointsOff: [
    'Zdejmuje punkty z otwartego zamówienia; uczestnik je odzyskuje.',
    'Retira os pontos de um pedido aberto; o membro os recebe de volta.',
  ],
  RestartAllowance: [
    'Zaczyna od nowa liczenie tego, co osoba w danym dniu zwróciła i zrabatowała w lokalu.',
    'Recomeça a contagem do que uma pessoa devolveu e descontou no dia em um local.',
  ],
  CancelOrder: [
    'Anuluje zamówienie bez pieniędzy, także gdy kuchnia już o nim wie.',
    'Cancela um pedido sem dinheiro nele, mesmo que a cozinha já saiba.',
  ],
  DiscardOrder: [
    'Anuluje zamówienie, o którym kuchnia jeszcze nie wie.',
    'Cancela um pedido de que a cozinha ainda não sabe.',
  ],
  ChangeLine: [
    'Zmienia uwagę, danie (kolejność) lub miejsce pozycji, której nikt w tym czasie nie zmienił.',
    'Altera observação, etapa ou lugar de um item que ninguém mudou nesse meio-tempo.',
  ],
  RemoveLines: [
    'Usuwa pozycje, o których kuchnia jeszcze nie wie.',
    'Tira itens de que a cozinha ainda não sabe.',
  ],
  VoidLines: [
    'Usuwa pozycje, także gdy kuchnia już o nich wie.',
    'Tira itens, mesmo que a cozinha já saiba deles.',
  ],
  GiveDiscount: [
    'Daje rabat na to, co teraz jest na rachunku, albo na wybrane pozycje.',
    'Dá um desconto sobre o que está na conta agora, ou sobre alguns itens.',
  ],
  WithdrawDiscount: ['Cofa rabat.', 'Retira um desconto.'],
  AskBill: ['Zapisuje, że goście poprosili o rachunek.', 'Anota que pediram a conta.'],
  SetOrderCustomer: [
    'Mówi, czyje to zamówienie; późniejsze płatności należą do tego gościa.',
    'Diz de quem é o pedido; o que for pago a partir daí é desse cliente.',
  ],
  MoveOrder: [
    'Przenosi zamówienie do innego stolika lokalu; „brak”: do żadnego.',
    'Leva o pedido a outra mesa do local; “nenhum”: a nenhuma.',
  ],
  SplitOrder: [
    'Dzieli to, co jeszcze niezapłacone, na nowe rachunki, których suma się zgadza.',
    'Divide o que ainda não foi pago em novas contas, que somam o que havia.',
  ],
  TransferLines: [
    'Przenosi niezapłacone pozycje na inne otwarte zamówienie lokalu.',
    'Leva itens não pagos a outro pedido aberto do local.',
  ],
  MergeOrder: [
    'Przenosi wszystko na inne otwarte zamówienie lokalu, które zachowuje swoje płatności.',
    'Leva tudo a outro pedido aberto do local, que mantém seus pagamentos.',
  ],
  FireLines: ['Wysyła wstrzymane pozycje na stanowiska.', 'Manda os itens segurados às estações.'],
  HoldLines: [
    'Cofa pozycje ze stanowisk, które jeszcze nie zaczęły; czekają na wydanie.',
    'Tira itens de estações que não começaram; esperam até serem mandados.',
  ],
  RushLines: [
    'Prosi stanowiska, by zrobiły te pozycje najpierw.',
    'Pede às estações que façam estes itens antes.',
  ],
  BumpLines: ['Stanowisko skończyło te pozycje.', 'A estação terminou estes itens.'],
  RecallLines: [
    'Przywraca na stanowisko pozycje odhaczone przez pomyłkę.',
    'Traz de volta à estação itens baixados por engano.',
  ],
  ServeLines: ['Pozycje trafiły do gościa.', 'Os itens foram ao cliente.'],
  AcknowledgeStops: [
    'Stanowisko widziało, których pozycji bonu już nie trzeba.',
    'A estação viu quais itens da comanda não são mais desejados.',
  ],
  SetTableState: [
    'Mówi, że przy stoliku ktoś siedzi, że goście wyszli albo że jest czysty i wolny.',
    'Diz que há clientes na mesa, que saíram, ou que ela está limpa e livre.',
  ],
  ImportOrders: [
    'Wczytuje kilka dawnych zamówień tak, jak je zapisano: zamknięte i opłacone.',
    'Traz alguns pedidos do passado como foram registrados, fechados e pagos.',
  ],
};
