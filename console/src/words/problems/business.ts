/** Refusals of the house: profile, locations, tills. */
import type { Problems } from './problem.ts';

export const BUSINESS_PROBLEMS: Problems = {
  PROFILE_EXISTS: [
    'The business is set up already. Change its profile instead.',
    'Firma jest już założona. Zmień jej dane.',
    'A empresa já está cadastrada. Altere os dados dela.',
  ],
  PROFILE_ELSEWHERE: [
    'A business has one profile only. Set up or change that one.',
    'Dane firmy są tylko jedne. Załóż je albo zmień.',
    'Há um só cadastro da empresa. Crie ou altere esse.',
  ],
  TAX_ID_INVALID: [
    'The tax number cannot be right: its check digits are wrong. Compare it with the document of the tax office.',
    'Ten NIP nie może być poprawny: nie zgadza się suma kontrolna. Porównaj go z dokumentem z urzędu.',
    'O CNPJ ou CPF não pode estar certo: os dígitos não conferem. Compare com o documento da Receita.',
  ],
  LOCATION_EXISTS: [
    'A location with this id is open already. Change it, or open another one.',
    'Lokal o tym identyfikatorze już jest otwarty. Zmień go albo otwórz inny.',
    'Já existe um local aberto com este id. Altere-o ou abra outro.',
  ],
  LOCATION_CLOSED: [
    'The location was closed for good. Choose one that is open.',
    'Ten lokal zamknięto na stałe. Wybierz otwarty.',
    'Este local foi fechado de vez. Escolha um que esteja aberto.',
  ],
  TIME_ZONE_UNKNOWN: [
    'There is no such time zone. Give one such as Europe/Warsaw.',
    'Nie ma takiej strefy czasowej. Podaj na przykład Europe/Warsaw.',
    'Não há esse fuso horário. Informe um como America/Sao_Paulo.',
  ],
  CURRENCY_MISSING: [
    'The country proposes no currency. Choose one.',
    'Kraj nie podpowiada waluty. Wybierz ją.',
    'O país não sugere moeda. Escolha uma.',
  ],
  TAXES_MISSING: [
    'The country proposes no tax rates. Enter those that hold where you are; ask your accountant.',
    'Kraj nie podpowiada stawek podatku. Wpisz obowiązujące; zapytaj księgowość.',
    'O país não sugere alíquotas. Informe as que valem aí; pergunte ao contador.',
  ],
  TAX_RATE_TWICE: [
    'A tax class has two rates for one channel. Leave one of them.',
    'Jedna grupa podatkowa ma dwie stawki dla tego samego kanału. Zostaw jedną.',
    'Uma classe de imposto tem duas alíquotas no mesmo canal. Deixe só uma.',
  ],
  LOCATION_NAME_TAKEN: [
    'Another location already has this name. Choose another name, or rename that location.',
    'Inny lokal ma już tę nazwę. Wybierz inną albo zmień nazwę tamtego lokalu.',
    'Outro local já tem este nome. Escolha outro ou renomeie aquele local.',
  ],
  TILL_NAME_TAKEN: [
    'Another till of this location already has this name. Choose another name, or rename that till.',
    'Inna kasa tego lokalu ma już tę nazwę. Wybierz inną albo zmień nazwę tamtej kasy.',
    'Outro caixa deste local já tem este nome. Escolha outro ou renomeie aquele caixa.',
  ],
  NAME_TAKEN: [
    'Another one here has this name. Choose another name.',
    'Ta nazwa jest tu już zajęta. Wybierz inną.',
    'Este nome já está em uso aqui. Escolha outro.',
  ],
  AREA_UNKNOWN: [
    'The location has no such area. Add it first, or choose another.',
    'Lokal nie ma takiej sali. Najpierw ją dodaj albo wybierz inną.',
    'O local não tem essa área. Adicione-a antes ou escolha outra.',
  ],
  AREA_IN_USE: [
    'There are tables in the area. Move or remove them first.',
    'W tej sali są stoliki. Najpierw je przenieś albo usuń.',
    'Há mesas nesta área. Mude-as ou remova-as antes.',
  ],
  TABLE_UNKNOWN: [
    'The location has no such table. Choose one of its tables.',
    'Lokal nie ma takiego stolika. Wybierz jeden z jego stolików.',
    'O local não tem essa mesa. Escolha uma das mesas dele.',
  ],
  STATION_LATE_BEFORE_SLOW: [
    'A ticket would be late before it is slow. Make the time for late the longer one.',
    'Bon byłby spóźniony, zanim jest wolny. Czas spóźnienia musi być dłuższy.',
    'A comanda ficaria atrasada antes de lenta. O tempo de atraso precisa ser maior.',
  ],
  LOCATION_FULL: [
    'The location has as many of these as it can have. Remove one that is not used.',
    'Lokal ma ich już najwięcej, ile może. Usuń nieużywane.',
    'O local já tem o máximo possível. Remova o que não é usado.',
  ],
  TILL_UNKNOWN: [
    'There is no such till at this location. Choose one of its tills.',
    'Nie ma takiej kasy w tym lokalu. Wybierz jedną z jego kas.',
    'Não há esse caixa neste local. Escolha um dos caixas dele.',
  ],
  TILL_RETIRED: [
    'The till is no longer used. Choose another one.',
    'Ta kasa nie jest już używana. Wybierz inną.',
    'Este caixa não é mais usado. Escolha outro.',
  ],
  TILL_SESSION_CLOSED: [
    'The till is closed. Open it with the float that lies in the drawer.',
    'Kasa jest zamknięta. Otwórz ją z pogotowiem, które leży w szufladzie.',
    'O caixa está fechado. Abra-o com o fundo de troco que está na gaveta.',
  ],
  TILL_EXISTS: [
    'A till with this id is there already. Rename it, or add one with another id.',
    'Kasa o tym identyfikatorze już jest. Zmień jej nazwę albo dodaj inną.',
    'Já há um caixa com este id. Renomeie-o ou adicione outro.',
  ],
  LOCATION_UNKNOWN: [
    'There is no such location. Choose one of yours that is open.',
    'Nie ma takiego lokalu. Wybierz jeden ze swoich otwartych.',
    'Não há esse local. Escolha um dos seus que esteja aberto.',
  ],
  TILL_SESSION_OPEN: [
    'The till is open. Count the drawer and close it first.',
    'Kasa jest otwarta. Najpierw policz szufladę i ją zamknij.',
    'O caixa está aberto. Conte a gaveta e feche-o antes.',
  ],
  TILL_NOT_COUNTED: [
    'The drawer was not counted, or cash moved since. Count it, then close.',
    'Szuflady nie policzono albo od tego czasu ruszono gotówkę. Policz i zamknij.',
    'A gaveta não foi contada, ou houve movimento depois. Conte e então feche.',
  ],
  COUNT_DOES_NOT_ADD_UP: [
    'The coins and notes do not add up to the sum. Count again, or enter the sum alone.',
    'Monety i banknoty nie dają tej sumy. Policz ponownie albo wpisz samą sumę.',
    'Moedas e cédulas não somam o valor. Conte de novo ou informe só a soma.',
  ],
};
