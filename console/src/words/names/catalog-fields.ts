/** Fields of the menu. */
import type { NameTable } from './name.ts';

export const CATALOG_FIELDS: NameTable = {
  type: ['Format', 'Format', 'Formato'],
  file: ['File', 'Plik', 'Arquivo'],
  bytes: ['Bytes', 'Bajty', 'Bytes'],
  albumId: ['Album', 'Album', 'Álbum'],
  allergens: ['Allergens', 'Alergeny', 'Alérgenos'],
  alt: ['What it shows', 'Co przedstawia', 'O que mostra'],
  'AddToAlbum/at': ['Place in the album', 'Miejsce w albumie', 'Lugar no álbum'],
  channels: ['Channels', 'Kanały', 'Canais'],
  'ingredients/amount': ['Amount', 'Ilość', 'Quantidade'],
  'ingredients/label': ['In the words of the menu', 'Słowami menu', 'Como no cardápio'],
  firstDay: ['First day', 'Pierwszy dzień', 'Primeiro dia'],
  garnish: ['Garnish', 'Dekoracja', 'Guarnição'],
  glass: ['Glass', 'Szkło', 'Copo'],
  group: ['Modifier group', 'Grupa dodatków', 'Grupo de adicionais'],
  groupId: ['Modifier group', 'Grupa dodatków', 'Grupo de adicionais'],
  groupIds: ['Modifier groups', 'Grupy dodatków', 'Grupos de adicionais'],
  height: ['Height', 'Wysokość', 'Altura'],
  imageId: ['Picture', 'Zdjęcie', 'Foto'],
  imageIds: ['Pictures', 'Zdjęcia', 'Fotos'],
  ingredients: ['Ingredients', 'Składniki', 'Ingredientes'],
  lastDay: ['Last day', 'Ostatni dzień', 'Último dia'],
  lists: ['Price lists', 'Cenniki', 'Tabelas de preços'],
  method: ['Method', 'Sposób przygotowania', 'Modo de preparo'],
  off: ['Discount', 'Zniżka', 'Desconto'],
  on: ['Shown on', 'Gdzie widoczne', 'Onde aparece'],
  page: ['Page', 'Strona', 'Página'],
  parentId: ['Within section', 'W dziale', 'Dentro da seção'],
  position: ['Place in the order', 'Miejsce w kolejności', 'Lugar na ordem'],
  positionInParent: ['Place in the order', 'Miejsce w kolejności', 'Lugar na ordem'],
  priceListId: ['Price list', 'Cennik', 'Tabela de preços'],
  product: ['Product', 'Produkt', 'Produto'],
  recipe: ['Recipe', 'Przepis', 'Receita'],
  remaining: ['Portions left', 'Zostało porcji', 'Porções restantes'],
  soldOut: ['Sold out', 'Wyprzedane', 'Esgotado'],
  sources: ['Files', 'Pliki', 'Arquivos'],
  unit: ['Unit', 'Jednostka', 'Unidade'],
  uploadedAt: ['Uploaded', 'Dodano', 'Enviada em'],
  'catalog.images/variants': ['Sizes', 'Wielkości', 'Tamanhos'],
  variants: ['Sizes', 'Rozmiary', 'Tamanhos'],
  width: ['Width', 'Szerokość', 'Largura'],
  windows: ['Sold only', 'Sprzedawane tylko', 'Vendido só'],
  'windows/from': ['From', 'Od godziny', 'Das'],
  'windows/to': ['Until', 'Do godziny', 'Até'],
};

export const CATALOG_HINTS: NameTable = {
  'AddProduct/price': [
    'Left out where sizes have prices of their own.',
    'Pomiń, gdy rozmiary mają własne ceny.',
    'Deixe de fora se os tamanhos têm preços próprios.',
  ],
  taxClass: [
    'One of the classes that the taxes of the location name.',
    'Jedna z grup wymienionych w podatkach lokalu.',
    'Uma das classes que constam nos impostos do local.',
  ],
  stationId: [
    'Where it is made: its tickets appear there.',
    'Gdzie się to robi: tam trafiają bony.',
    'Onde é feito: as comandas aparecem lá.',
  ],
  off: [
    'In thousandths of a percent: 20000 takes 20% off.',
    'W tysięcznych procenta: 20000 obniża cenę o 20%.',
    'Em milésimos de por cento: 20000 desconta 20%.',
  ],
  priority: [
    'Where several price lists hold at once, the greatest wins.',
    'Gdy obowiązuje kilka cenników, wygrywa największe.',
    'Quando várias tabelas valem ao mesmo tempo, vence a maior.',
  ],
  min: [
    '0: nothing has to be chosen.',
    '0: niczego nie trzeba wybierać.',
    '0: não é preciso escolher nada.',
  ],
  windows: [
    'None: it is sold at any time.',
    'Brak: sprzedawane o każdej porze.',
    'Nenhum: vendido a qualquer hora.',
  ],
  channels: [
    'None: it holds for every channel.',
    'Brak: dotyczy każdego kanału.',
    'Nenhum: vale para todos os canais.',
  ],
  locationIds: [
    'None: it holds for every location.',
    'Brak: dotyczy każdego lokalu.',
    'Nenhum: vale para todos os locais.',
  ],
};

export const CATALOG_VALUES: Readonly<Record<string, NameTable>> = {
  channels: {
    'eat-in': ['eat in', 'na miejscu', 'no local'],
    'take-away': ['take away', 'na wynos', 'para levar'],
    delivery: ['delivery', 'dostawa', 'entrega'],
  },
  'rules/kind': {
    fixed: ['a price of its own', 'własna cena', 'preço próprio'],
    percent: ['a discount', 'zniżka', 'desconto'],
  },
  kind: {
    fixed: ['a price of its own', 'własna cena', 'preço próprio'],
    percent: ['a discount', 'zniżka', 'desconto'],
    product: ['product', 'produkt', 'produto'],
    page: ['page', 'strona', 'página'],
  },
  'catalog.products/status': {
    active: ['on the menu', 'w menu', 'no cardápio'],
    retired: ['retired', 'wycofany', 'retirado'],
  },
  'catalog.portions/status': {
    'sold-out': ['sold out', 'wyprzedane', 'esgotado'],
    counted: ['counted', 'liczone', 'contado'],
    available: ['available', 'dostępne', 'disponível'],
  },
  'catalog.groups/status': {
    active: ['in use', 'w użyciu', 'em uso'],
    retired: ['retired', 'wycofana', 'retirado'],
  },
  'catalog.recipes/status': {
    active: ['in use', 'w użyciu', 'em uso'],
    retired: ['retired', 'wycofany', 'retirada'],
  },
  'catalog.images/status': {
    private: ['hidden', 'ukryte', 'oculta'],
    published: ['published', 'opublikowane', 'publicada'],
    removed: ['removed', 'usunięte', 'removida'],
  },
  'catalog.albums/status': {
    private: ['hidden', 'ukryty', 'oculto'],
    published: ['published', 'opublikowany', 'publicado'],
    removed: ['removed', 'usunięty', 'removido'],
  },
};
