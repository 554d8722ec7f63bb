/** What the demo's bar pours. One line each: see `readMenuTable`. */
import { readMenuTable, type DemoProduct } from './menu-table.ts';

export const DEMO_DRINKS: readonly DemoProduct[] = readMenuTable(`
# hot-drinks
espresso | 260 | Espresso | Espresso | Espresso | | | | 10
noisette | 290 | Noisette | Macchiato | Macchiato | milk | milk | | 4
cafe-creme | 420 | Café crème | White coffee | Kawa z mlekiem | milk | milk | | 6
cappuccino | 450 | Cappuccino | Cappuccino | Cappuccino | milk | milk | | 5
tea | 420 | Thé | Tea | Herbata | | tea-kind | | 3
hot-chocolate | 480 | Chocolat chaud | Hot chocolate | Gorąca czekolada | milk | milk | | 3

# soft-drinks
house-lemonade | 480 | Citronnade maison | House lemonade | Lemoniada domowa | | | | 6
still-water | 420 | Eau plate 50 cl | Still water 50 cl | Woda niegazowana 50 cl | | | | 6
sparkling-water | 450 | Eau gazeuse 50 cl | Sparkling water 50 cl | Woda gazowana 50 cl | | | | 5
apple-juice | 430 | Jus de pomme | Apple juice | Sok jabłkowy | | | | 3
tonic | 420 | Tonic | Tonic water | Tonik | | | | 3
kombucha | 550 | Kombucha | Kombucha | Kombucza | | | | 1

# beer
lager | 25 cl 390, 50 cl 720 | Blonde pression | Draught lager | Jasne z beczki | gluten | | | 8
ipa | 25 cl 480, 50 cl 880 | IPA pression | Draught IPA | IPA z beczki | gluten | | | 5
wheat-beer | 25 cl 450, 50 cl 820 | Blanche | Wheat beer | Pszeniczne | gluten | | | 3
alcohol-free-beer | 480 | Bière sans alcool | Alcohol-free beer | Piwo bezalkoholowe | gluten | | | 2

# wine
house-red | 12.5 cl 520, 75 cl 2600 | Rouge de la maison | House red | Wino czerwone domu | sulphites | | | 7
house-white | 12.5 cl 520, 75 cl 2600 | Blanc de la maison | House white | Wino białe domu | sulphites | | | 6
rose | 12.5 cl 580, 75 cl 2900 | Rosé de Provence | Provence rosé | Różowe z Prowansji | sulphites | | | 3
cremant | 12.5 cl 790, 75 cl 3900 | Crémant | Crémant | Crémant | sulphites | | | 3

# cocktails
comptoir-sour | 1150 | Sour du comptoir | Counter Sour | Sour z lady | eggs | | | 6
pont-neuf | 1190 | Pont-Neuf | Pont-Neuf | Pont-Neuf | | | | 4
garden-gate | 1090 | Porte du jardin | Garden Gate | Furtka | | | | 5
night-tram | 1150 | Tram de nuit | Night Tram | Nocny tramwaj | milk | | | 3
salt-and-pear | 1090 | Sel et poire | Salt and Pear | Sól i gruszka | | | | 3
copper-hour | 1190 | Heure de cuivre | Copper Hour | Miedziana godzina | | | | 4
quiet-storm | 1150 | Orage discret | Quiet Storm | Cicha burza | | | | 3
orchard-fizz | 1050 | Fizz du verger | Orchard Fizz | Fizz z sadu | | | | 3
second-post | 1190 | Deuxième courrier | Second Post | Druga poczta | | | | 3
no-alibi | 790 | Sans alibi (sans alcool) | No Alibi (alcohol-free) | Bez alibi (bezalkoholowy) | | | | 4
`);
