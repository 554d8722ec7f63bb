/** Cocktails of the demo's own: nobody else's recipes. */
import type { DemoStep } from './demo-steps.ts';

const METHODS: Readonly<Record<string, string>> = {
  shake: 'Shake hard with ice and strain.',
  'dry-shake': 'Shake without ice, then hard with ice, and strain.',
  stir: 'Stir with ice until cold and strain.',
  build: 'Build over ice and stir once.',
  warm: 'Warm the mug, pour and stir.',
};

/** `id | name | glass | ingredients | garnish | method`; an ingredient is centilitres of something, or words. */
const RECIPES = `
comptoir-sour | Counter Sour | coupe | 5 cl Calvados, 2 cl Lemon juice, 1.5 cl Honey syrup, 1.5 cl Egg white | Apple fan | dry-shake
pont-neuf | Pont-Neuf | nick-and-nora | 4 cl Gin, 2 cl Dry vermouth, 1 cl Pear brandy, 2 dashes orange bitters | Lemon twist | stir
garden-gate | Garden Gate | highball | 4 cl Gin, 2 cl Cucumber syrup, 2 cl Lime juice, 10 cl Soda water | Cucumber ribbon | build
night-tram | Night Tram | coupe | 4 cl Dark rum, 3 cl Cold espresso, 2 cl Cream, 1 cl Vanilla syrup | Three coffee beans | shake
salt-and-pear | Salt and Pear | rocks | 4.5 cl Tequila, 3 cl Pear juice, 2 cl Lime juice, 1 cl Agave syrup | Salted rim | shake
copper-hour | Copper Hour | rocks | 4 cl Rye whiskey, 2 cl Sweet vermouth, 1 cl Bitter orange liqueur, 1 dash cocoa bitters | Orange peel | stir
quiet-storm | Quiet Storm | highball | 4 cl Dark rum, 2 cl Lime juice, 1.5 cl Ginger syrup, 8 cl Ginger beer | Mint sprig | build
orchard-fizz | Orchard Fizz | highball | 3 cl Vodka, 6 cl Cloudy apple juice, 1.5 cl Lemon juice, 6 cl Crémant | Apple slice | build
second-post | Second Post | coupe | 3 cl Cognac, 3 cl White port, 1.5 cl Lemon juice, 1 cl Apricot liqueur | Dried apricot | shake
no-alibi | No Alibi | highball | 6 cl Verjuice, 3 cl Rosemary syrup, 10 cl Soda water | Rosemary | build
left-bank-spritz | Left Bank Spritz | wine | 4 cl Gentian aperitif, 8 cl Crémant, 3 cl Soda water | Grapefruit wedge | build
winter-coat | Winter Coat | mug | 4 cl Cognac, 12 cl Hot black tea, 2 cl Honey syrup, 1 cl Lemon juice | Clove-studded lemon | warm
paper-lantern | Paper Lantern | coupe | 4 cl Vodka, 2 cl Lychee juice, 1.5 cl Yuzu juice, 1 cl Elderflower cordial | Edible flower | shake
harvest-moon | Harvest Moon | rocks | 4 cl Bourbon, 3 cl Pumpkin purée, 1.5 cl Maple syrup, 1 dash aromatic bitters | Nutmeg | shake
ferryman | Ferryman | nick-and-nora | 4 cl Aquavit, 2 cl Dry sherry, 0.5 cl Dill syrup | Dill | stir
green-ledger | Green Ledger | coupe | 4 cl Gin, 2 cl Green herb liqueur, 2 cl Lime juice, 6 leaves basil | Basil leaf | shake
last-receipt | Last Receipt | rocks | 3 cl Mezcal, 2 cl Bitter aperitif, 2 cl Sweet vermouth | Burnt orange peel | stir
sunday-proof | Sunday Proof | highball | 3 cl Vodka, 12 cl Tomato juice, 1 cl Lemon juice, 3 dashes hot sauce | Celery | build
blue-hour | Blue Hour | wine | 3 cl Gin, 2 cl Blueberry syrup, 1.5 cl Lemon juice, 8 cl Tonic water | Blueberries | build
dry-run | Dry Run | highball | 8 cl Cold green tea, 3 cl Peach purée, 2 cl Lime juice, 5 cl Soda water | Peach slice | build
`;

export function recipeSteps(products: ReadonlySet<string>): readonly DemoStep[] {
  return RECIPES.trim()
    .split('\n')
    .map((line) => {
      const [id = '', name, glass, ingredients = '', garnish, method = ''] = line.split(' | ');
      const input = {
        name: { en: name },
        kind: 'House',
        glass,
        ingredients: ingredients.split(', ').map(ingredientOf),
        garnish: { en: garnish },
        method: { en: METHODS[method] ?? method },
        ...(products.has(id) ? { productId: id } : {}),
      };
      return { category: 'catalog.recipes', command: 'AddRecipe', id, input };
    });
}

function ingredientOf(text: string) {
  const [, amount, unit, name] = /^([\d.]+) (cl) (.+)$/.exec(text) ?? [];
  return name === undefined ? { name: text } : { name, amount: Number(amount), unit };
}
