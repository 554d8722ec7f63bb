/** Glasses seen from the side, filled; the foot stands on the counter at y = 258. Pure. */
import { bar, circle, INK, leaf, path, stroke, wheel } from './shapes.ts';

export type Glass = 'coupe' | 'nick' | 'highball' | 'rocks' | 'wine' | 'flute' | 'beer' | 'bottle';

interface Shape {
  /** The bowl from rim to rim. */
  readonly bowl: string;
  /** From where on it is filled. */
  readonly level: number;
  /** Half of the width at the rim. */
  readonly half: number;
  readonly rim: number;
  readonly stem: number | null;
}

const SHAPES: Readonly<Record<Exclude<Glass, 'bottle'>, Shape>> = {
  coupe: {
    bowl: 'M122 92 Q126 164 200 168 Q274 164 278 92 Z',
    level: 104,
    half: 78,
    rim: 92,
    stem: 168,
  },
  nick: {
    bowl: 'M146 72 Q140 160 200 172 Q260 160 254 72 Z',
    level: 90,
    half: 54,
    rim: 72,
    stem: 172,
  },
  highball: {
    bowl: 'M152 52 L159 252 Q160 258 166 258 H234 Q240 258 241 252 L248 52 Z',
    level: 78,
    half: 48,
    rim: 52,
    stem: null,
  },
  rocks: {
    bowl: 'M128 120 L137 248 Q138 258 148 258 H252 Q262 258 263 248 L272 120 Z',
    level: 152,
    half: 72,
    rim: 120,
    stem: null,
  },
  wine: {
    bowl: 'M146 58 Q128 168 200 174 Q272 168 254 58 Z',
    level: 112,
    half: 54,
    rim: 58,
    stem: 174,
  },
  flute: {
    bowl: 'M172 44 Q162 176 200 188 Q238 176 228 44 Z',
    level: 64,
    half: 28,
    rim: 44,
    stem: 188,
  },
  beer: {
    bowl: 'M142 52 Q136 150 158 250 Q160 258 168 258 H232 Q240 258 242 250 Q264 150 258 52 Z',
    level: 58,
    half: 58,
    rim: 52,
    stem: null,
  },
};

export interface Drink {
  readonly glass: Exclude<Glass, 'bottle'>;
  readonly liquid: string;
  /** A second colour that lies above, such as foam or cream. */
  readonly top?: string;
  readonly topHeight?: number;
  readonly ice?: boolean;
  readonly garnish?: string;
}

export function drink({
  glass,
  liquid,
  top,
  topHeight = 16,
  ice = false,
  garnish = '',
}: Drink): string {
  const { bowl, level, half, rim, stem } = SHAPES[glass];
  const id = `in-${glass}`;
  const filled =
    `<rect x="80" y="${level}" width="240" height="200" fill="${liquid}"/>` +
    (top === undefined
      ? ''
      : `<rect x="80" y="${level}" width="240" height="${topHeight}" fill="${top}"/>`) +
    (ice ? cubes(level) : '') +
    `<rect x="${200 - half * 0.72}" y="${rim}" width="${half * 0.2}" height="220" fill="${INK.white}" opacity=".28"/>`;
  const foot =
    stem === null
      ? ''
      : `<rect x="196.500" y="${stem - 2}" width="7" height="${256 - stem}" fill="${INK.white}" opacity=".75"/>` +
        `<ellipse cx="200" cy="256" rx="46" ry="6" fill="${INK.white}" opacity=".8"/>`;
  return (
    `<ellipse cx="206" cy="262" rx="${half + 16}" ry="7" fill="${INK.ink}" opacity=".18"/>` +
    `<clipPath id="${id}"><path d="${bowl}"/></clipPath>${foot}` +
    path(bowl, INK.white, ' opacity=".4"') +
    `<g clip-path="url(#${id})">${filled}</g>` +
    `<path d="${bowl}" fill="none" stroke="${INK.white}" stroke-opacity=".85" stroke-width="3" stroke-linejoin="round"/>` +
    garnish
  );
}

function cubes(level: number): string {
  const cube = (x: number, y: number, turn: number): string =>
    `<rect x="-17" y="-17" width="34" height="34" rx="6" fill="${INK.white}" opacity=".45" transform="translate(${x} ${y}) rotate(${turn})"/>`;
  return (
    cube(178, level + 12, 14) +
    cube(220, level + 24, -22) +
    cube(190, level + 54, 38) +
    cube(228, level + 68, 8)
  );
}

/** On the rim at the right. */
export function rimWheel(colour: string, at = { x: 252, y: 84 }): string {
  return wheel(at, 26, colour);
}

export function twist(colour: string, at = { x: 236, y: 84 }): string {
  const { x, y } = at;
  return stroke(`M${x} ${y} q22 -22 30 2 q4 18 -12 20 q-14 0 -8 -14`, colour, 7);
}

export function sprig(at = { x: 226, y: 60 }, fill: string = INK.leaf): string {
  const { x, y } = at;
  const turns = [-120, -75, -40, -150, -95];
  return (
    stroke(`M${x} ${y + 26} Q${x + 2} ${y} ${x + 4} ${y - 22}`, fill, 3) +
    turns
      .map((turn, index) => leaf({ x: x + 2, y: y + 12 - index * 8 }, 26, { turn, fill }))
      .join('')
  );
}

export function straw(colour: string): string {
  return bar({ x: 226, y: 66 }, { length: 150, width: 6 }, { turn: -72, fill: colour });
}

/** Three beans on foam. */
export function beans(): string {
  return [-16, 0, 16]
    .map(
      (dx) =>
        `<ellipse cx="${200 + dx}" cy="${98 + Math.abs(dx) / 8}" rx="6.500" ry="4" fill="${INK.cocoa}" transform="rotate(${dx * 2} ${200 + dx} 98)"/>`,
    )
    .join('');
}

export function cherry(at = { x: 214, y: 128 }): string {
  return (
    stroke(`M${at.x} ${at.y} q10 -30 26 -36`, INK.leaf, 2.5) +
    circle(at, 9, INK.wine) +
    circle({ x: at.x - 3, y: at.y - 3 }, 2.4, INK.cream)
  );
}

/** A cup on its saucer. */
export function cup({
  liquid,
  foam,
  cupFill = INK.white,
}: {
  readonly liquid: string;
  readonly foam?: string;
  readonly cupFill?: string;
}): string {
  const art =
    foam === undefined
      ? ''
      : `<ellipse cx="200" cy="140" rx="46" ry="9" fill="${foam}"/><ellipse cx="200" cy="140" rx="26" ry="4.500" fill="${liquid}"/>`;
  return (
    `<ellipse cx="206" cy="256" rx="112" ry="12" fill="${INK.ink}" opacity=".16"/>` +
    `<ellipse cx="200" cy="246" rx="108" ry="14" fill="${INK.white}"/><ellipse cx="200" cy="243" rx="74" ry="8" fill="${INK.line}"/>` +
    `<path d="M262 158 q48 -6 44 30 q-4 32 -58 30" fill="none" stroke="${cupFill}" stroke-width="13"/>` +
    path('M132 138 Q136 240 176 244 H224 Q264 240 268 138 Z', cupFill) +
    `<ellipse cx="200" cy="138" rx="68" ry="13" fill="${INK.line}"/><ellipse cx="200" cy="140" rx="60" ry="10.500" fill="${liquid}"/>${art}` +
    steam()
  );
}

function steam(): string {
  return `<g opacity=".55">${[178, 200, 222].map((x, index) => stroke(`M${x} ${112 - index * 4} q-10 -16 0 -30 q10 -14 0 -28`, INK.white, 5)).join('')}</g>`;
}
