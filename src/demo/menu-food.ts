/** What the demo's kitchen makes and the counter hands out. One line each: see `readMenuTable`. */
import { readMenuTable, type DemoProduct } from './menu-table.ts';

export const DEMO_FOOD: readonly DemoProduct[] = readMenuTable(`
# breakfast
croissant | 220 | Croissant | Croissant | Croissant | gluten, milk | | | 7
pain-au-chocolat | 240 | Pain au chocolat | Chocolate pastry | Bułka z czekoladą | gluten, milk | | | 6
tartine | 380 | Tartine beurre et confiture | Bread, butter and jam | Pieczywo z masłem i dżemem | gluten, milk | | | 3
omelette | 1080 | Omelette aux herbes | Herb omelette | Omlet z ziołami | eggs, milk | | | 3

# starters
onion-soup | 890 | Soupe à l’oignon | Onion soup | Zupa cebulowa | gluten, milk | | onions, beef stock, bread, Comté | 5
leek-vinaigrette | 820 | Poireaux vinaigrette | Leeks in vinaigrette | Pory w winegrecie | eggs, mustard | | leeks, egg, mustard | 3
beetroot-tartare | 940 | Tartare de betterave | Beetroot tartare | Tatar z buraka | nuts | | beetroot, hazelnuts, chives | 3
terrine | 1050 | Terrine maison | House terrine | Pasztet domowy | eggs, milk | | pork, liver, pickles | 3
smoked-trout | 1180 | Truite fumée | Smoked trout | Wędzony pstrąg | fish, milk | | trout, horseradish, rye bread | 3
oeuf-mayo | 680 | Œuf mayo | Egg mayonnaise | Jajko w majonezie | eggs, mustard | | | 4
olives | 450 | Olives marinées | Marinated olives | Oliwki marynowane | | | | 6
cheese-board | 1390 | Planche de fromages | Cheese board | Deska serów | milk, nuts | | | 5

# mains
steak-frites | 2290 | Steak frites | Steak and chips | Stek z frytkami | milk | doneness, sauce | beef, potatoes, butter | 9
duck-confit | 2180 | Confit de canard | Duck confit | Konfitowana kaczka | | side | duck, thyme | 5
mushroom-risotto | 1790 | Risotto aux champignons | Mushroom risotto | Risotto z grzybami | milk, celery | | rice, ceps, parmesan | 5
sea-bream | 2450 | Dorade grillée | Grilled sea bream | Dorada z grilla | fish | side | sea bream, fennel, lemon | 3
tarte-flambee | 1290 | Tarte flambée | Tarte flambée | Tarte flambée | gluten, milk | | dough, cream, bacon, onions | 7
tarte-flambee-veggie | 1190 | Tarte flambée végétarienne | Vegetarian tarte flambée | Wegetariańska tarte flambée | gluten, milk | | dough, cream, courgette | 3
burger | 1690 | Burger du comptoir | House burger | Burger domowy | gluten, milk, eggs, sesame | doneness, burger-extras, side | beef, bun, Cantal, pickles | 9
lentil-dal | 1490 | Dal de lentilles | Lentil dal | Dal z soczewicy | | | lentils, coconut, coriander | 3
mussels | 1850 | Moules marinières | Mussels in white wine | Mule w białym winie | molluscs, celery, milk | side | | 4
salad-goat-cheese | 1450 | Salade de chèvre chaud | Warm goat cheese salad | Sałatka z kozim serem | milk, gluten, nuts | | | 5
salad-nicoise | 1550 | Salade niçoise | Niçoise salad | Sałatka nicejska | fish, eggs | | | 3
plat-du-jour | 1450 | Plat du jour | Dish of the day | Danie dnia | | | | 8

# sides
fries | 450 | Frites maison | Chips | Frytki | | | | 6
green-salad | 420 | Salade verte | Green salad | Zielona sałata | mustard | | | 3
seasonal-vegetables | 520 | Légumes de saison | Seasonal vegetables | Warzywa sezonowe | | | | 3
bread-basket | 250 | Corbeille de pain | Bread basket | Koszyk pieczywa | gluten | | | 3

# desserts
creme-brulee | 790 | Crème brûlée | Crème brûlée | Crème brûlée | milk, eggs | | | 6
tarte-tatin | 850 | Tarte tatin | Tarte tatin | Tarta tatin | gluten, milk | | | 4
mousse | 720 | Mousse au chocolat | Chocolate mousse | Mus czekoladowy | milk, eggs | | | 5
sorbets | 680 | Sorbets | Sorbets | Sorbety | | scoops | | 3
profiteroles | 890 | Profiteroles | Profiteroles | Profiterolki | gluten, milk, eggs | | | 3
cafe-gourmand | 950 | Café gourmand | Coffee and small sweets | Kawa ze słodkościami | gluten, milk, eggs, nuts | | | 3
`);
