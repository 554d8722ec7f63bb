/** The house: profile, locations, tills. */
import { BUSINESS_FIELDS, BUSINESS_HINTS, BUSINESS_VALUES } from './business-fields.ts';
import type { ModuleNames } from './name.ts';

export const names: ModuleNames = {
  title: ['Business', 'Firma', 'Empresa'],
  summary: [
    'Whose house it is, its locations with areas, tables, stations and taxes, and its tills.',
    'Czyj to lokal, jego miejsca z salami, stolikami, stanowiskami i podatkami oraz kasy.',
    'De quem é a casa, seus locais com áreas, mesas, estações e impostos, e seus caixas.',
  ],
  aggregates: {
    'business.profiles': {
      one: ['Business profile', 'Dane firmy', 'Dados da empresa'],
      many: ['Business profile', 'Dane firmy', 'Dados da empresa'],
    },
    'business.locations': {
      one: ['Location', 'Lokal', 'Local'],
      many: ['Locations', 'Lokale', 'Locais'],
    },
    'business.names': { one: ['Name', 'Nazwa', 'Nome'], many: ['Names', 'Nazwy', 'Nomes'] },
    'business.tills': { one: ['Till', 'Kasa', 'Caixa'], many: ['Tills', 'Kasy', 'Caixas'] },
  },
  commands: {
    SetUpProfile: ['Set up the business', 'Załóż firmę', 'Cadastrar a empresa'],
    ChangeProfile: ['Change the profile', 'Zmień dane firmy', 'Alterar os dados'],
    OpenLocation: ['Open a location', 'Otwórz lokal', 'Abrir um local'],
    ChangeLocation: ['Change the location', 'Zmień dane lokalu', 'Alterar o local'],
    SetLocationTaxes: ['Set the taxes', 'Ustaw podatki', 'Definir os impostos'],
    SetArea: ['Add or change an area', 'Dodaj lub zmień salę', 'Adicionar ou alterar área'],
    RemoveArea: ['Remove an area', 'Usuń salę', 'Remover área'],
    SetTable: ['Add or change a table', 'Dodaj lub zmień stolik', 'Adicionar ou alterar mesa'],
    RemoveTable: ['Remove a table', 'Usuń stolik', 'Remover mesa'],
    SetStation: [
      'Add or change a station',
      'Dodaj lub zmień stanowisko',
      'Adicionar ou alterar estação',
    ],
    RemoveStation: ['Remove a station', 'Usuń stanowisko', 'Remover estação'],
    CloseLocation: [
      'Close the location for good',
      'Zamknij lokal na stałe',
      'Fechar o local de vez',
    ],
    NoteName: ['Note a name', 'Zanotuj nazwę', 'Anotar um nome'],
    AddTill: ['Add a till', 'Dodaj kasę', 'Adicionar caixa'],
    RenameTill: ['Rename the till', 'Zmień nazwę kasy', 'Renomear o caixa'],
    RetireTill: ['Retire the till', 'Wycofaj kasę', 'Desativar o caixa'],
    OpenTillSession: ['Open the till', 'Otwórz kasę', 'Abrir o caixa'],
    PutCash: ['Put cash in', 'Wpłać gotówkę', 'Suprimento de caixa'],
    TakeCash: ['Take cash out', 'Wypłać gotówkę', 'Sangria de caixa'],
    CountTill: ['Count the till', 'Policz kasę', 'Contar o caixa'],
    CloseTillSession: ['Close the till', 'Zamknij kasę', 'Fechar o caixa'],
  },
  about: {
    SetUpProfile: [
      'Mówi, czyja to firma. Dane firmy są jedne, o identyfikatorze main.',
      'Diz de quem é a empresa. Há um só cadastro, de id main.',
    ],
    ChangeProfile: [
      'Zmienia to, co podano; „brak” usuwa wartość, a co pominięto, zostaje.',
      'Altera o que for informado; “nenhum” apaga o valor, e o que for omitido fica.',
    ],
    NoteName: [
      'Notuje nazwę nadaną, zanim nazwy musiały być różne.',
      'Anota um nome dado antes de os nomes serem únicos.',
    ],
    OpenLocation: [
      'Otwiera lokal; kraj podpowiada walutę, podatki i języki, których nie podano.',
      'Abre um local; o país sugere moeda, impostos e idiomas que não forem informados.',
    ],
    ChangeLocation: [
      'Zmienia nazwę, koniec doby, języki lub adres; co pominięto, zostaje.',
      'Altera nome, virada do dia, idiomas ou endereço; o que for omitido fica.',
    ],
    SetLocationTaxes: [
      'Zastępuje stawki podatków; co sprzedano wcześniej, zachowuje swoje.',
      'Substitui as alíquotas; o que já foi vendido mantém as suas.',
    ],
    SetArea: ['Dodaje salę albo zmienia jej nazwę.', 'Adiciona uma área ou muda o nome dela.'],
    RemoveArea: ['Usuwa salę bez stolików.', 'Remove uma área sem mesas.'],
    SetTable: ['Dodaje stolik albo go zmienia.', 'Adiciona uma mesa ou a altera.'],
    RemoveTable: [
      'Usuwa stolik; stoliki, z którymi można go było złączyć, tracą to połączenie.',
      'Remove uma mesa; as que podiam se juntar a ela perdem essa ligação.',
    ],
    SetStation: [
      'Dodaje stanowisko (kuchnia, bar, wydawka) albo je zmienia.',
      'Adiciona uma estação (cozinha, bar, expedição) ou a altera.',
    ],
    RemoveStation: ['Usuwa stanowisko.', 'Remove uma estação.'],
    CloseLocation: [
      'Zamyka lokal na stałe; historia i raporty zostają.',
      'Fecha o local de vez; a história e os relatórios ficam.',
    ],
    AddTill: ['Dodaje kasę do lokalu.', 'Adiciona um caixa no local.'],
    RenameTill: ['Nadaje kasie inną nazwę.', 'Dá outro nome ao caixa.'],
    RetireTill: [
      'Wycofuje kasę z użycia; jej raporty zostają.',
      'Tira o caixa de uso; seus relatórios ficam.',
    ],
    OpenTillSession: [
      'Otwiera zmianę kasową z pogotowiem, które leży w szufladzie.',
      'Abre o turno com o fundo de troco que está na gaveta.',
    ],
    PutCash: [
      'Zapisuje gotówkę włożoną do szuflady, z powodem.',
      'Registra dinheiro posto na gaveta, com o motivo.',
    ],
    TakeCash: [
      'Zapisuje gotówkę wyjętą z szuflady, z powodem.',
      'Registra dinheiro tirado da gaveta, com o motivo.',
    ],
    CountTill: [
      'Zapisuje, ile naliczono, zanim ktokolwiek pozna kwotę oczekiwaną; liczy się ostatnie liczenie.',
      'Registra o valor contado antes que alguém saiba o esperado; vale a última contagem.',
    ],
    CloseTillSession: [
      'Kończy przeliczoną zmianę: podaje nadwyżkę lub brak i wystawia kolejny raport Z.',
      'Encerra o turno contado: diz sobra ou falta e emite o próximo relatório Z.',
    ],
  },
  fields: BUSINESS_FIELDS,
  hints: BUSINESS_HINTS,
  values: BUSINESS_VALUES,
  events: {
    'business.profile-set-up': ['Business set up', 'Założono firmę', 'Empresa cadastrada'],
    'business.profile-changed': ['Profile changed', 'Zmieniono dane firmy', 'Dados alterados'],
    'location.opened': ['Location opened', 'Otwarto lokal', 'Local aberto'],
    'location.changed': ['Location changed', 'Zmieniono dane lokalu', 'Local alterado'],
    'location.taxes-set': ['Taxes set', 'Ustawiono podatki', 'Impostos definidos'],
    'location.area-set': ['Area set', 'Ustawiono salę', 'Área definida'],
    'location.area-removed': ['Area removed', 'Usunięto salę', 'Área removida'],
    'location.table-set': ['Table set', 'Ustawiono stolik', 'Mesa definida'],
    'location.table-removed': ['Table removed', 'Usunięto stolik', 'Mesa removida'],
    'location.station-set': ['Station set', 'Ustawiono stanowisko', 'Estação definida'],
    'location.station-removed': ['Station removed', 'Usunięto stanowisko', 'Estação removida'],
    'location.closed': ['Location closed for good', 'Zamknięto lokal', 'Local fechado de vez'],
    'till.added': ['Till added', 'Dodano kasę', 'Caixa adicionado'],
    'till.renamed': ['Till renamed', 'Zmieniono nazwę kasy', 'Caixa renomeado'],
    'till.retired': ['Till retired', 'Wycofano kasę', 'Caixa desativado'],
    'till.session-opened': ['Till opened', 'Otwarto kasę', 'Caixa aberto'],
    'till.cash-put': ['Cash put in', 'Wpłacono gotówkę', 'Suprimento de caixa'],
    'till.cash-taken': ['Cash taken out', 'Wypłacono gotówkę', 'Sangria de caixa'],
    'business-name.taken': ['Name taken', 'Nazwa zajęta', 'Nome em uso'],
    'business-name.freed': ['Name free again', 'Nazwa znów wolna', 'Nome livre de novo'],
    'till.payment-corrected': ['Payment corrected', 'Poprawiono płatność', 'Pagamento corrigido'],
    'till.refund-corrected': ['Refund corrected', 'Poprawiono zwrot', 'Reembolso corrigido'],
    'till.sale-rung': ['Sale rung', 'Zapisano sprzedaż', 'Venda registrada'],
    'till.counted': ['Till counted', 'Policzono kasę', 'Caixa contado'],
    'till.session-closed': ['Till closed', 'Zamknięto kasę', 'Caixa fechado'],
    'till.z-report-issued': ['Z report issued', 'Wystawiono raport Z', 'Relatório Z emitido'],
  },
};
