/** What the commands of the menu do. */
import type { ModuleNames } from './name.ts';

export const CATALOG_ABOUT: ModuleNames['about'] = {
  AddProduct: ['Dodaje produkt do menu.', 'Adiciona um produto no cardápio.'],
  ChangeProduct: [
    'Zmienia to, co podano o produkcie; co pominięto, zostaje.',
    'Altera o que for informado do produto; o que for omitido fica.',
  ],
  RetireProduct: [
    'Zdejmuje produkt z menu; historia zostaje.',
    'Tira o produto do cardápio; a história fica.',
  ],
  BringProductBack: [
    'Przywraca wycofany produkt do menu.',
    'Põe de novo no cardápio um produto retirado.',
  ],
  MarkSoldOut: ['Mówi, że w lokalu już tego nie ma (86).', 'Diz que acabou no local (86).'],
  SetRemaining: [
    'Mówi, ile porcji zostało w lokalu; od teraz są liczone.',
    'Diz quantas porções restam no local; a partir daí são contadas.',
  ],
  MarkAvailable: [
    'Mówi, że lokal znów to sprzedaje, bez liczenia.',
    'Diz que o local volta a vender, sem contar.',
  ],
  AddCategory: ['Dodaje dział menu.', 'Adiciona uma seção do cardápio.'],
  ChangeCategory: [
    'Zmienia nazwę lub miejsce działu menu; co pominięto, zostaje.',
    'Renomeia ou move uma seção do cardápio; o que for omitido fica.',
  ],
  RemoveCategory: [
    'Usuwa dział menu; jego produkty zostają, bez działu.',
    'Remove uma seção do cardápio; seus produtos ficam, sem seção.',
  ],
  AddGroup: [
    'Dodaje grupę dodatków: wybory, które mogą mieć produkty.',
    'Adiciona um grupo de adicionais: escolhas que os produtos podem ter.',
  ],
  ChangeGroup: [
    'Zmienia to, co podano o grupie dodatków; co pominięto, zostaje.',
    'Altera o que for informado do grupo de adicionais; o que for omitido fica.',
  ],
  RetireGroup: [
    'O te dodatki nikt już nie pyta, przy żadnym produkcie.',
    'Estes adicionais não são mais oferecidos em nenhum produto.',
  ],
  SetPriceList: [
    'Dodaje cennik albo zastępuje ten o tym samym identyfikatorze.',
    'Adiciona uma tabela de preços ou substitui a de mesmo id.',
  ],
  RemovePriceList: [
    'Usuwa cennik; jego ceny przestają obowiązywać.',
    'Remove uma tabela de preços; seus preços deixam de valer.',
  ],
  AddPortions: ['Dolicza świeżo zrobione porcje.', 'Soma porções recém-feitas.'],
  AddRecipe: ['Dodaje przepis.', 'Adiciona uma receita.'],
  ChangeRecipe: [
    'Zmienia to, co podano o przepisie; co pominięto, zostaje.',
    'Altera o que for informado da receita; o que for omitido fica.',
  ],
  RetireRecipe: [
    'Wycofuje przepis z użycia; historia zostaje.',
    'Tira a receita de uso; a história fica.',
  ],
  DescribeImage: [
    'Mówi, co widać na zdjęciu, tym, którzy go nie widzą.',
    'Diz o que a foto mostra, para quem não a vê.',
  ],
  PublishImage: [
    'Pokazuje zdjęcie wszystkim; najpierw trzeba je opisać.',
    'Mostra a foto a todos; antes é preciso descrevê-la.',
  ],
  UnpublishImage: ['Zdejmuje zdjęcie ze stron publicznych.', 'Tira a foto das páginas públicas.'],
  RemoveImage: [
    'Usuwa zdjęcie i to, co po nim przechowywano.',
    'Remove a foto e o que se guarda dela.',
  ],
  CreateAlbum: ['Tworzy pusty album.', 'Cria um álbum vazio.'],
  RenameAlbum: ['Nadaje albumowi inną nazwę.', 'Dá outro nome ao álbum.'],
  AddToAlbum: [
    'Wkłada zdjęcie do albumu: na koniec albo na miejsce liczone od 0.',
    'Põe uma foto no álbum: no fim ou em um lugar contado a partir de 0.',
  ],
  TakeFromAlbum: [
    'Wyjmuje zdjęcie z albumu; samo zdjęcie zostaje.',
    'Tira uma foto do álbum; a foto em si fica.',
  ],
  ReorderAlbum: [
    'Układa zdjęcia albumu w innej kolejności; trzeba podać wszystkie.',
    'Põe as fotos do álbum em outra ordem; todas precisam ser citadas.',
  ],
  PublishAlbum: [
    'Pokazuje album wszystkim, a z jego zdjęć te opublikowane.',
    'Mostra o álbum a todos; das fotos, as que estão publicadas.',
  ],
  UnpublishAlbum: ['Zdejmuje album ze stron publicznych.', 'Tira o álbum das páginas públicas.'],
  RemoveAlbum: ['Usuwa album; jego zdjęcia zostają.', 'Remove o álbum; as fotos ficam.'],
  ArrangePictures: [
    'Mówi, które zdjęcia i w jakiej kolejności ma produkt lub strona; bez żadnego: zdejmuje wszystkie.',
    'Diz quais fotos um produto ou página mostra e em que ordem; nenhuma tira todas.',
  ],
};
