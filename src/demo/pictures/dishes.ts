/** Dishes seen from above. Pure. */
import {
  bar,
  circle,
  cutlery,
  INK,
  leaf,
  path,
  plate,
  stroke,
  strewn,
  tabletop,
  wheel,
  type Point,
} from './shapes.ts';

const MIDDLE: Point = { x: 200, y: 150 };

function chips(at: Point, count: number, seed: number): string {
  return strewn({ ...at, radius: 34 }, { count, seed }, (place, turn) =>
    bar(place, { length: 46, width: 9 }, { turn, fill: turn % 2 === 0 ? INK.honey : '#EBC06A' }),
  );
}

const herbs = (at: Point, radius: number, count: number): string =>
  strewn({ ...at, radius }, { count, seed: count * 3 }, (place, turn) =>
    leaf(place, 11, { turn, fill: INK.leaf }),
  );

export const onionSoup = tabletop(
  INK.copper,
  plate(122) +
    circle(MIDDLE, 82, INK.crust) +
    circle(MIDDLE, 72, '#C98A3A') +
    path(
      'M150 128 q18 -34 58 -24 q40 8 42 40 q0 34 -40 44 q-52 8 -62 -26 q-2 -20 2 -34 z',
      INK.cream,
    ) +
    path('M164 136 q16 -22 44 -16 q28 6 28 26 q-2 22 -32 28 q-34 2 -40 -20 z', INK.honey) +
    strewn({ ...MIDDLE, radius: 56 }, { count: 14, seed: 4 }, (at) => circle(at, 4, '#B5742C')) +
    herbs(MIDDLE, 44, 9) +
    cutlery(),
);

export const steakFrites = tabletop(
  INK.bottle,
  plate() +
    path(
      'M126 150 q-4 -50 44 -58 q46 -4 54 34 q6 34 -26 54 q-24 14 -48 2 q-22 -12 -24 -32 z',
      INK.crust,
    ) +
    path(
      'M134 148 q-2 -42 38 -48 q38 -4 44 28 q4 28 -22 44 q-20 12 -40 2 q-18 -10 -20 -26 z',
      '#6E3420',
    ) +
    [0, 1, 2, 3]
      .map((index) => stroke(`M${144 + index * 18} ${168 - index * 4} l26 -52`, INK.cocoa, 5))
      .join('') +
    circle({ x: 176, y: 138 }, 13, INK.cream) +
    herbs({ x: 176, y: 138 }, 8, 4) +
    chips({ x: 250, y: 170 }, 18, 8) +
    cutlery(),
);

export const burger = tabletop(
  INK.brass,
  plate() +
    circle({ x: 172, y: 150 }, 66, INK.leaf) +
    strewn({ x: 172, y: 150, radius: 62 }, { count: 16, seed: 21 }, (at, turn) =>
      leaf(at, 26, { turn, fill: INK.mint }),
    ) +
    circle({ x: 172, y: 150 }, 58, INK.tomato) +
    circle({ x: 172, y: 148 }, 54, '#C9812F') +
    circle({ x: 168, y: 142 }, 44, '#D9983F') +
    strewn({ x: 170, y: 146, radius: 40 }, { count: 26, seed: 5 }, (at, turn) =>
      bar(at, { length: 6, width: 3.4 }, { turn, fill: INK.cream }),
    ) +
    chips({ x: 262, y: 152 }, 16, 12) +
    cutlery(),
);

export const risotto = tabletop(
  INK.slate,
  plate() +
    circle(MIDDLE, 78, '#EBD9B0') +
    strewn({ ...MIDDLE, radius: 70 }, { count: 120, seed: 9 }, (at, turn) =>
      bar(at, { length: 8, width: 4 }, { turn, fill: turn % 3 === 0 ? '#F7ECD2' : '#E2CB98' }),
    ) +
    strewn({ ...MIDDLE, radius: 48 }, { count: 8, seed: 33 }, (at, turn) => mushroom(at, turn)) +
    herbs(MIDDLE, 60, 10) +
    cutlery(),
);

function mushroom({ x, y }: Point, turn: number): string {
  return (
    `<g transform="translate(${x} ${y}) rotate(${turn})">` +
    path('M-15 2 q0 -17 15 -17 q15 0 15 17 z', INK.crust) +
    `<rect x="-4.500" y="1" width="9" height="13" rx="4" fill="${INK.cream}"/></g>`
  );
}

export const tarteFlambee = tabletop(
  INK.cocoa,
  `<rect x="62" y="56" width="276" height="190" rx="14" fill="${INK.ink}" opacity=".25"/>` +
    `<rect x="58" y="50" width="276" height="190" rx="14" fill="#9A6B3C"/>` +
    path('M84 76 q110 -16 228 2 q14 66 -2 134 q-112 16 -226 0 q-14 -70 0 -136 z', '#C98F45') +
    path('M98 90 q100 -12 200 2 q10 54 -2 106 q-98 12 -198 0 q-10 -56 0 -108 z', INK.cream) +
    strewn({ x: 198, y: 145, radius: 80 }, { count: 26, seed: 17 }, (at, turn) =>
      bar(
        { x: at.x, y: 145 + (at.y - 145) * 0.58 },
        { length: 17, width: 7 },
        { turn, fill: INK.tomato },
      ),
    ) +
    strewn(
      { x: 198, y: 145, radius: 84 },
      { count: 22, seed: 41 },
      (at) =>
        `<circle cx="${at.x}" cy="${145 + (at.y - 145) * 0.58}" r="9" fill="none" stroke="#B98AA6" stroke-width="2.500"/>`,
    ) +
    strewn({ x: 198, y: 145, radius: 80 }, { count: 12, seed: 6 }, (at, turn) =>
      leaf({ x: at.x, y: 145 + (at.y - 145) * 0.55 }, 10, { turn, fill: INK.leaf }),
    ),
);

export const seaBream = tabletop(
  INK.blue,
  plate(124) +
    path(
      'M104 156 q44 -58 124 -34 q22 8 34 22 l34 -26 q-6 36 2 64 l-38 -20 q-16 18 -40 24 q-78 18 -116 -30 z',
      '#9FB0BA',
    ) +
    path('M120 158 q40 30 96 22 q30 -6 44 -20 q-70 10 -140 -2 z', '#D6DEE2') +
    [0, 1, 2]
      .map((index) => stroke(`M${166 + index * 26} ${134 + index * 2} q10 20 0 44`, '#6F828E', 4))
      .join('') +
    circle({ x: 130, y: 148 }, 6, INK.white) +
    circle({ x: 130, y: 148 }, 3.4, INK.ink) +
    wheel({ x: 246, y: 208 }, 21, INK.honey) +
    wheel({ x: 212, y: 220 }, 19, INK.honey) +
    herbs({ x: 156, y: 214 }, 20, 8),
);

export const goatSalad = tabletop(
  '#B9C7A0',
  plate() +
    strewn({ ...MIDDLE, radius: 70 }, { count: 44, seed: 14 }, (at, turn) =>
      leaf(at, 42, { turn, fill: turn % 2 === 0 ? INK.leaf : INK.mint }),
    ) +
    [
      { x: 164, y: 128 },
      { x: 236, y: 142 },
      { x: 190, y: 196 },
    ]
      .map(
        (at) =>
          circle(at, 26, '#C98F45') +
          circle(at, 20, INK.white) +
          circle({ x: at.x - 3, y: at.y - 3 }, 12, INK.cream),
      )
      .join('') +
    strewn({ ...MIDDLE, radius: 66 }, { count: 12, seed: 3 }, (at) => circle(at, 6, INK.tomato)) +
    strewn({ ...MIDDLE, radius: 62 }, { count: 10, seed: 50 }, (at, turn) =>
      bar(at, { length: 13, width: 9 }, { turn, fill: INK.crust }),
    ) +
    cutlery(),
);

export const fries = tabletop(
  INK.tomato,
  plate(108) +
    circle(MIDDLE, 74, INK.line) +
    chips({ x: 200, y: 150 }, 20, 2) +
    chips({ x: 178, y: 136 }, 16, 44) +
    chips({ x: 222, y: 164 }, 18, 29) +
    circle({ x: 296, y: 226 }, 34, INK.white) +
    circle({ x: 296, y: 226 }, 25, INK.tomato) +
    circle({ x: 289, y: 219 }, 7, '#DD6A58'),
);

export const cremeBrulee = tabletop(
  INK.wine,
  circle({ x: 206, y: 158 }, 104, INK.ink).replace('/>', ' opacity=".2"/>') +
    circle(MIDDLE, 104, INK.white) +
    circle(MIDDLE, 92, INK.cream) +
    circle(MIDDLE, 82, INK.honey) +
    strewn({ ...MIDDLE, radius: 74 }, { count: 24, seed: 8 }, (at) =>
      circle(at, 9, INK.copper).replace('/>', ' opacity=".55"/>'),
    ) +
    stroke('M150 104 l34 30 l-12 34 l40 22 M184 134 l46 -18 l24 20', INK.cream, 3) +
    [
      { x: 226, y: 176 },
      { x: 246, y: 164 },
      { x: 238, y: 188 },
    ]
      .map((at) => circle(at, 11, INK.wine) + circle({ x: at.x - 3, y: at.y - 3 }, 3, '#D46A7E'))
      .join('') +
    leaf({ x: 222, y: 196 }, 26, { turn: 150, fill: INK.leaf }) +
    bar({ x: 344, y: 150 }, { length: 150, width: 8 }, { turn: 78, fill: '#D8D5CC' }) +
    '<ellipse cx="328" cy="74" rx="14" ry="22" fill="#D8D5CC" transform="rotate(-12 328 74)"/>',
);

export const croissant = tabletop(
  '#D9C7A6',
  plate(112) +
    path(
      'M96 196 q-4 -104 104 -112 q108 8 104 112 q-32 0 -46 -40 q-22 -28 -58 -28 q-36 0 -58 28 q-14 40 -46 40 z',
      '#B9742A',
    ) +
    path(
      'M106 184 q2 -84 94 -92 q92 8 94 92 q-18 -6 -28 -36 q-26 -32 -66 -32 q-40 0 -66 32 q-10 30 -28 36 z',
      INK.honey,
    ) +
    [
      'M120 134 q22 6 32 28',
      'M152 102 q16 14 14 36',
      'M248 102 q-16 14 -14 36',
      'M280 134 q-22 6 -32 28',
      'M200 94 v30',
    ]
      .map((d) => stroke(d, '#A8641F', 5))
      .join('') +
    strewn({ x: 200, y: 204, radius: 36 }, { count: 10, seed: 12 }, (at, turn) =>
      bar(at, { length: 6, width: 3 }, { turn, fill: INK.copper }),
    ),
);

export const cheeseBoard = tabletop(
  INK.leaf,
  '<rect x="52" y="62" width="300" height="184" rx="26" fill="#1C1F22" opacity=".2"/>' +
    '<rect x="48" y="56" width="300" height="184" rx="26" fill="#B98552"/>' +
    ['M60 96 h276', 'M60 148 h276', 'M60 200 h276'].map((d) => stroke(d, '#A87545', 2)).join('') +
    path('M84 184 l84 -66 q18 34 6 66 z', INK.honey) +
    strewn({ x: 150, y: 166, radius: 20 }, { count: 5, seed: 2 }, (at) =>
      circle(at, 4.5, INK.brass),
    ) +
    circle({ x: 234, y: 116 }, 40, INK.white) +
    path('M234 116 L268 95 A40 40 0 0 1 268 137 Z', '#B98552') +
    path('M196 214 q26 -44 64 -30 q16 10 6 30 z', '#D8DCE0') +
    strewn({ x: 232, y: 202, radius: 18 }, { count: 9, seed: 19 }, (at) =>
      circle(at, 3.4, INK.blue),
    ) +
    strewn(
      { x: 310, y: 186, radius: 24 },
      { count: 14, seed: 7 },
      (at) => circle(at, 9, INK.berry) + circle({ x: at.x - 3, y: at.y - 3 }, 2.4, '#A5668A'),
    ) +
    [0, 1, 2]
      .map(
        (index) =>
          circle({ x: 104 + index * 26, y: 96 }, 15, INK.crust) +
          circle({ x: 104 + index * 26, y: 96 }, 9, '#C98F45'),
      )
      .join(''),
);
