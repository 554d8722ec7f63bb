/** Words of a restaurant, enough of them that texts rarely repeat and some beyond ASCII as real menus have. */

const NAMES = `Pizza Margherita|Pizza Quattro Formaggi|Pizza Diavola|Calzone Classico|Focaccia Rosmarino|Tagliatelle al Ragù|
Spaghetti Carbonara|Penne all'Arrabbiata|Gnocchi Sorrentina|Risotto ai Funghi|Lasagne della Casa|Insalata Caprese|Bruschetta Trio|
Vitello Tonnato|Saltimbocca|Tiramisù|Panna Cotta|Affogato|Espresso|Cappuccino|Caffè Latte|Flat White|Iced Americano|Chai Latte|
Still Water 0.5|Sparkling Water 0.75|House Red 0.2|House White 0.2|Prosecco Glass|Aperol Spritz|Negroni|Old Fashioned|Caipirinha|
Mojito|Whiskey Sour|Pilsner 0.4|Pale Ale 0.33|Wheat Beer 0.5|Alcohol-free Lager|Lemonade Ginger|Iced Tea Peach|Chicken Bowl|
Barbacoa Burrito|Carnitas Tacos|Veggie Bowl|Steak Salad Bowl|Chips and Guacamole|Chips and Fresh Tomato Salsa|Black Bean Soup|
Cheeseburger|Double Smash Burger|Halloumi Burger|Sweet Potato Fries|Onion Rings|Caesar Salad|Club Sandwich|Eggs Benedict|
Crème Brûlée|Apple Strudel|New York Cheesecake|Poke Salmon|Miso Ramen|Pad Thai|Green Curry|Butter Chicken|Garlic Naan|Falafel Plate|
Hummus and Pita|Shakshuka|Fish and Chips|Moules Frites|Onglet Béarnaise`;

export const DISHES: readonly string[] = NAMES.replaceAll('\n', '').split('|');

export const MODIFIERS: readonly string[] = (
  'extra cheese|no basil|gluten free|no onion|extra hot|mild|oat milk|soy milk|double shot|decaf|no ice|light ice|medium rare|well done|' +
  'rare|dressing aside|no cilantro|add avocado|add bacon|vegan mayo|large|small|to go cup|sugar free|no nuts|half portion'
).split('|');

export const NOTE_STARTS: readonly string[] = (
  'please cut in half|birthday at the table|guest is in a hurry|serve with the starters|serve after the mains|bring an extra plate|' +
  'allergic to peanuts|allergic to shellfish|no salt|sauce on the side|child portion|second round|wait for my call|paid by the left side|' +
  'extra napkins|split between two|high chair needed|from the specials board|replacement for a cold dish|regular guest'
).split('|');

export const NOTE_ENDS: readonly string[] = (
  'thank you|window seat|terrace|ask for Marta|bar will pick up|runner to table|with candles|no rush|as last time|check with the kitchen|' +
  'before eight|near the door|room service|call on arrival|gate code 4471|leave at reception|two forks|keep warm|for the group|by the stage'
).split('|');

export const LOCATIONS: readonly string[] = (
  'lisbon-01|lisbon-02|lisbon-03|porto-01|porto-02|madrid-01|madrid-04|bilbao-01|lyon-02|lyon-03|turin-01|milan-02|milan-05|vienna-01|' +
  'graz-01|berlin-02|berlin-07|hamburg-01|aarhus-01|malmo-01|bergen-01|gdansk-02|krakow-01|tallinn-01'
).split('|');

export const CHANNELS: readonly string[] = [
  'dine-in',
  'dine-in',
  'takeaway',
  'delivery',
  'kiosk',
  'bar',
];

export const SERVERS: readonly string[] = (
  'Ana|Marta|João|Luís|Inês|Rui|Carla|Tiago|Sofia|Pedro|Lena|Jonas|Mia|Felix|Emil|Nora|Aylin|Zoé|Chloé|Léa|Giulia|Marco|Chiara|Paolo|' +
  'Kasia|Tomek|Ola|Søren|Freja|Astrid|Noah|Olivia|Amara|Kofi|Yara|Omar|Leila|Hugo|Ida|Bruno'
).split('|');

/** Type and share: an order is placed, sent to the kitchen, paid, and rarely changed afterwards. */
export const STAGES: readonly (readonly string[])[] = [
  ['org.example.order.placed'],
  ['org.example.order.sent-to-kitchen', 'org.example.order.sent-to-bar'],
  [
    'org.example.order.paid-by-card',
    'org.example.order.paid-in-cash',
    'org.example.order.paid-by-card',
  ],
  ['org.example.order.closed', 'org.example.order.closed', 'org.example.order.refunded'],
];
