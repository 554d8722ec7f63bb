/** The pictures of the demo's menu: what each shows, and of which product. Drawn here, so nobody else's. Pure. */
import * as dish from './dishes.ts';
import { beans, cherry, cup, drink, rimWheel, sprig, straw, twist } from './glasses.ts';
import { INK, picture } from './shapes.ts';

export interface Drawing {
  readonly productId: string;
  /** For those who do not see it. */
  readonly alt: {
    readonly en: string;
    readonly fr: string;
    readonly pl: string;
    readonly 'pt-BR': string;
  };
  readonly svg: string;
}

type Alt = readonly [en: string, fr: string, pl: string, pt: string];

function of(productId: string, [en, fr, pl, pt]: Alt, svg: string): Drawing {
  return { productId, alt: { en, fr, pl, 'pt-BR': pt }, svg };
}

const bar = (wall: string, inner: string): string => picture({ wall, counter: '#B9B4A8' }, inner);

export const DRAWINGS: readonly Drawing[] = [
  of(
    'croissant',
    [
      'A croissant on a white plate',
      'Un croissant sur une assiette blanche',
      'Croissant na białym talerzu',
      'Um croissant em um prato branco',
    ],
    dish.croissant,
  ),
  of(
    'onion-soup',
    [
      'Onion soup under melted cheese',
      'Soupe à l’oignon gratinée',
      'Zupa cebulowa pod serem',
      'Sopa de cebola gratinada',
    ],
    dish.onionSoup,
  ),
  of(
    'cheese-board',
    [
      'Three cheeses, grapes and bread on a board',
      'Trois fromages, raisin et pain sur une planche',
      'Trzy sery, winogrona i chleb na desce',
      'Três queijos, uvas e pão em uma tábua',
    ],
    dish.cheeseBoard,
  ),
  of(
    'steak-frites',
    [
      'A steak with herb butter and chips',
      'Un steak au beurre d’herbes et des frites',
      'Stek z masłem ziołowym i frytkami',
      'Um bife com manteiga de ervas e fritas',
    ],
    dish.steakFrites,
  ),
  of(
    'burger',
    [
      'A burger with salad and chips',
      'Un burger, salade et frites',
      'Burger z sałatą i frytkami',
      'Um hambúrguer com salada e fritas',
    ],
    dish.burger,
  ),
  of(
    'mushroom-risotto',
    [
      'Risotto with mushrooms',
      'Risotto aux champignons',
      'Risotto z grzybami',
      'Risoto de cogumelos',
    ],
    dish.risotto,
  ),
  of(
    'tarte-flambee',
    [
      'A tarte flambée with bacon and onions',
      'Une tarte flambée aux lardons et oignons',
      'Tarte flambée z boczkiem i cebulą',
      'Tarte flambée com bacon e cebola',
    ],
    dish.tarteFlambee,
  ),
  of(
    'sea-bream',
    [
      'A grilled sea bream with lemon',
      'Une dorade grillée au citron',
      'Grillowana dorada z cytryną',
      'Dourada grelhada com limão',
    ],
    dish.seaBream,
  ),
  of(
    'salad-goat-cheese',
    [
      'A salad with warm goat cheese',
      'Une salade de chèvre chaud',
      'Sałatka z ciepłym kozim serem',
      'Salada com queijo de cabra quente',
    ],
    dish.goatSalad,
  ),
  of(
    'fries',
    [
      'A bowl of chips with ketchup',
      'Un bol de frites et du ketchup',
      'Miska frytek z keczupem',
      'Uma tigela de fritas com ketchup',
    ],
    dish.fries,
  ),
  of(
    'creme-brulee',
    [
      'Crème brûlée with raspberries',
      'Crème brûlée aux framboises',
      'Crème brûlée z malinami',
      'Crème brûlée com framboesas',
    ],
    dish.cremeBrulee,
  ),
  of(
    'espresso',
    [
      'A steaming cup of espresso',
      'Une tasse d’espresso fumant',
      'Parująca filiżanka espresso',
      'Uma xícara de espresso fumegante',
    ],
    bar(INK.copper, cup({ liquid: INK.cocoa })),
  ),
  of(
    'cappuccino',
    [
      'A cappuccino with milk foam',
      'Un cappuccino et sa mousse de lait',
      'Cappuccino z mleczną pianką',
      'Um cappuccino com espuma de leite',
    ],
    bar('#8C7A5B', cup({ liquid: '#8A5A33', foam: INK.cream, cupFill: '#F6F3EA' })),
  ),
  of(
    'house-lemonade',
    [
      'Lemonade with ice and lemon',
      'Citronnade, glaçons et citron',
      'Lemoniada z lodem i cytryną',
      'Limonada com gelo e limão',
    ],
    bar(
      INK.mint,
      straw(INK.tomato) +
        drink({
          glass: 'highball',
          liquid: '#F2D66B',
          ice: true,
          garnish: rimWheel(INK.honey, { x: 246, y: 62 }) + sprig({ x: 176, y: 44 }),
        }),
    ),
  ),
  of(
    'lager',
    [
      'A glass of draught lager',
      'Un verre de bière pression',
      'Kufel jasnego z beczki',
      'Um copo de chope',
    ],
    bar(INK.bottle, drink({ glass: 'beer', liquid: '#E0A22F', top: '#FFF6DF', topHeight: 34 })),
  ),
  of(
    'house-red',
    [
      'A glass of red wine',
      'Un verre de vin rouge',
      'Kieliszek czerwonego wina',
      'Uma taça de vinho tinto',
    ],
    bar('#C9A79A', drink({ glass: 'wine', liquid: '#7A1B2E', top: '#94283D', topHeight: 8 })),
  ),
  of(
    'cremant',
    ['A flute of crémant', 'Une flûte de crémant', 'Kieliszek crémanta', 'Uma taça de crémant'],
    bar(INK.slate, drink({ glass: 'flute', liquid: '#EBCB7A', top: '#FBF0CF', topHeight: 10 })),
  ),
  of(
    'comptoir-sour',
    [
      'Counter Sour: a golden cocktail under white foam',
      'Sour du comptoir, doré sous sa mousse',
      'Sour z lady: złoty koktajl pod pianką',
      'Counter Sour: coquetel dourado com espuma',
    ],
    bar(
      INK.wine,
      drink({
        glass: 'coupe',
        liquid: '#E3A548',
        top: '#FFF3DA',
        topHeight: 18,
        garnish: twist(INK.honey, { x: 240, y: 82 }),
      }),
    ),
  ),
  of(
    'pont-neuf',
    [
      'Pont-Neuf: clear and cold, with a lemon twist',
      'Pont-Neuf, limpide, zeste de citron',
      'Pont-Neuf: przejrzysty, ze skórką cytryny',
      'Pont-Neuf: límpido, com casca de limão',
    ],
    bar(
      INK.blue,
      drink({ glass: 'nick', liquid: '#EFE3B8', garnish: twist(INK.honey, { x: 222, y: 66 }) }),
    ),
  ),
  of(
    'garden-gate',
    [
      'Garden Gate: pale green, with ice and mint',
      'Porte du jardin, vert pâle, glaçons et menthe',
      'Furtka: jasnozielona, z lodem i miętą',
      'Garden Gate: verde-claro, com gelo e hortelã',
    ],
    bar(
      '#DDE3C9',
      drink({
        glass: 'highball',
        liquid: '#A9C77C',
        ice: true,
        garnish: sprig({ x: 222, y: 42 }, INK.bottle),
      }),
    ),
  ),
  of(
    'night-tram',
    [
      'Night Tram: dark, with cream and coffee beans',
      'Tram de nuit, sombre, crème et grains de café',
      'Nocny tramwaj: ciemny, ze śmietanką i ziarnami kawy',
      'Night Tram: escuro, com creme e grãos de café',
    ],
    bar(
      '#4A4E69',
      drink({ glass: 'coupe', liquid: '#4B2A18', top: '#E9D3AE', topHeight: 16 }) +
        beans().replaceAll('cy="', 'cy="'),
    ),
  ),
  of(
    'copper-hour',
    [
      'Copper Hour: amber on a large cube of ice',
      'Heure de cuivre, ambrée sur glace',
      'Miedziana godzina: bursztyn na lodzie',
      'Copper Hour: âmbar com gelo',
    ],
    bar(
      '#E3C9A6',
      drink({
        glass: 'rocks',
        liquid: '#B5551D',
        ice: true,
        garnish: rimWheel('#E08A2E', { x: 258, y: 118 }),
      }) + cherry({ x: 176, y: 176 }),
    ),
  ),
  of(
    'quiet-storm',
    [
      'Quiet Storm: dark rum over ginger beer',
      'Orage discret, rhum sombre sur ginger beer',
      'Cicha burza: ciemny rum z piwem imbirowym',
      'Quiet Storm: rum escuro com cerveja de gengibre',
    ],
    bar(
      '#B8923E',
      drink({
        glass: 'highball',
        liquid: '#E5BE69',
        top: '#6E3A17',
        topHeight: 66,
        ice: true,
        garnish: rimWheel(INK.mint, { x: 244, y: 58 }) + sprig({ x: 172, y: 42 }),
      }),
    ),
  ),
];
