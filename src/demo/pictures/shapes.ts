/** Flat shapes that the demo's pictures are put together from; a canvas of 400 by 300. Pure. */
import { demoRandom } from '../demo-random.ts';

/** Those of the house, and what food needs beside them. */
export const INK = {
  paper: '#FBFAF7',
  white: '#FFFFFF',
  line: '#E4E0D6',
  ink: '#1C1F22',
  bottle: '#0F4C3A',
  leaf: '#5F7F3B',
  mint: '#8FB56B',
  brass: '#C0842C',
  honey: '#E0A94A',
  cream: '#F3E3C3',
  wine: '#9B2335',
  berry: '#6B2340',
  blue: '#2C5A8C',
  copper: '#B5651D',
  crust: '#8A4B1A',
  cocoa: '#4A2C1A',
  tomato: '#C8412F',
  slate: '#3A4248',
} as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The whole picture: a coloured ground, a lighter disc of light behind what is shown, the edge of the zinc below. */
export function picture(
  grounds: { readonly wall: string; readonly counter: string },
  inner: string,
): string {
  const { wall, counter } = grounds;
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300" width="1280" height="960">' +
    `<rect width="400" height="300" fill="${wall}"/>` +
    `<circle cx="200" cy="142" r="128" fill="${INK.white}" opacity=".16"/>` +
    `<rect y="236" width="400" height="64" fill="${counter}"/>` +
    `<rect y="236" width="400" height="3" fill="${INK.white}" opacity=".35"/>${inner}</svg>`
  );
}

/** Seen from above: a table top with a plate on it. */
export function tabletop(ground: string, inner: string): string {
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300" width="1280" height="960">' +
    `<rect width="400" height="300" fill="${ground}"/>` +
    `<circle cx="330" cy="30" r="150" fill="${INK.white}" opacity=".10"/>${inner}</svg>`
  );
}

export function plate(radius = 118): string {
  return (
    `<circle cx="204" cy="157" r="${radius}" fill="${INK.ink}" opacity=".16"/>` +
    circle({ x: 200, y: 150 }, radius, INK.white) +
    circle({ x: 200, y: 150 }, radius - 20, INK.paper) +
    `<circle cx="200" cy="150" r="${radius - 20}" fill="none" stroke="${INK.line}" stroke-width="2"/>`
  );
}

/** Fork and knife beside a plate. */
export function cutlery(): string {
  const steel = '#D8D5CC';
  return (
    `<g fill="${steel}"><rect x="44" y="120" width="7" height="112" rx="3.5"/>` +
    '<path d="M36 66 h4 v34 h4 v-34 h7 v34 h4 v-34 h4 v44 q0 14-11.500 14 q-11.500 0-11.500-14 z"/>' +
    '<rect x="349" y="150" width="7" height="82" rx="3.5"/>' +
    '<path d="M349 64 q13 4 13 50 v34 h-13 z"/></g>'
  );
}

export function circle({ x, y }: Point, radius: number, fill: string): string {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`;
}

export function path(d: string, fill: string, more = ''): string {
  return `<path d="${d}" fill="${fill}"${more}/>`;
}

export function stroke(d: string, colour: string, width: number): string {
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round"/>`;
}

/** A slice of citrus, a little turned. */
export function wheel(at: Point, radius: number, colour: string): string {
  const spokes = Array.from({ length: 8 }, (_, index) => {
    const angle = (index * Math.PI) / 4 + 0.3;
    const x = at.x + Math.cos(angle) * radius * 0.78;
    const y = at.y + Math.sin(angle) * radius * 0.78;
    return stroke(`M${at.x} ${at.y} L${x.toFixed(1)} ${y.toFixed(1)}`, INK.cream, radius / 10);
  });
  return (
    circle(at, radius, colour) +
    circle(at, radius * 0.86, INK.cream) +
    circle(at, radius * 0.78, colour) +
    spokes.join('')
  );
}

/** A leaf that points where `turn` degrees say. */
export function leaf(
  at: Point,
  length: number,
  of: { readonly turn: number; readonly fill: string },
): string {
  const half = length / 3;
  const d = `M0 0 Q${half} ${-half} ${length} 0 Q${half} ${half} 0 0 Z`;
  const vein = stroke(`M${length * 0.1} 0 L${length * 0.85} 0`, INK.white, 1);
  return `<g transform="translate(${at.x} ${at.y}) rotate(${of.turn})">${path(d, of.fill)}<g opacity=".4">${vein}</g></g>`;
}

/** Small things strewn within a circle, the same each time. */
export function strewn(
  within: Point & { readonly radius: number },
  of: { readonly count: number; readonly seed: number },
  shape: (at: Point, turn: number) => string,
): string {
  const random = demoRandom(of.seed);
  return Array.from({ length: of.count }, () => {
    const angle = random.share() * 2 * Math.PI;
    const distance = Math.sqrt(random.share()) * within.radius;
    const x = Math.round(within.x + Math.cos(angle) * distance);
    const y = Math.round(within.y + Math.sin(angle) * distance);
    return shape({ x, y }, random.below(360));
  }).join('');
}

/** A rounded bar, turned around its middle: chips, carrots, cinnamon. */
export function bar(
  at: Point,
  size: { readonly length: number; readonly width: number },
  of: { readonly turn: number; readonly fill: string },
): string {
  const { length, width } = size;
  const place = `x="${-length / 2}" y="${-width / 2}" width="${length}" height="${width}" rx="${width / 3}"`;
  return `<rect ${place} fill="${of.fill}" transform="translate(${at.x} ${at.y}) rotate(${of.turn})"/>`;
}
