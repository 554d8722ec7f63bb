/**
 * Text in a font of our own, embedded as glyphs with the letters they stand for (ISO 32000-1, 9.7: a composite font with
 * the encoding Identity-H). Text goes in as numbers of glyphs, never as syntax. Only the glyphs in use are embedded.
 */
import { readFileSync } from 'node:fs';
import { TaskRefused } from '../../platform/workers/worker-messages.ts';
import { dictionary, reference, type PdfWriter } from './pdf-writer.ts';
import { readTrueType, type TrueTypeFont } from './true-type.ts';

export type Weight = 'regular' | 'bold';

const FILES: Readonly<Record<Weight, { readonly file: string; readonly name: string }>> = {
  regular: { file: '400Regular/OpenSans_400Regular.ttf', name: 'COMPTO+OpenSans-Regular' },
  bold: { file: '700Bold/OpenSans_700Bold.ttf', name: 'COMPTO+OpenSans-Bold' },
};
const PACKAGE = '@expo-google-fonts/open-sans';
/** What stands for a letter that the font does not have. */
const MISSING = '?';
/** Units of the em in a PDF. */
const EM = 1000;
const SYMBOLIC = 4;
/** Upright stems; readers need some number. */
const STEM = { regular: 80, bold: 140 } as const;

const read = new Map<Weight, TrueTypeFont>();

function fontOf(weight: Weight): TrueTypeFont {
  const known = read.get(weight);
  if (known !== undefined) return known;
  const file = new URL(import.meta.resolve(`${PACKAGE}/${FILES[weight].file}`));
  const font = readTrueType(readFileSync(file));
  read.set(weight, font);
  return font;
}

/** Errors: TaskRefused TEXT_NOT_WRITABLE for letters that the font does not have. */
export function requireWritable(text: string): void {
  const font = fontOf('regular');
  for (const letter of text.normalize('NFC'))
    if (font.glyphOf(letter.codePointAt(0) ?? 0) === 0)
      throw new TaskRefused('TEXT_NOT_WRITABLE', 'The text has letters that cannot be written.');
}

/** A class because it gathers the glyphs in use until they are embedded. */
export class WrittenFont {
  readonly #weight: Weight;
  readonly #font: TrueTypeFont;
  /** Letters by glyph. */
  readonly #used = new Map<number, string>();

  constructor(weight: Weight) {
    this.#weight = weight;
    this.#font = fontOf(weight);
  }

  /** In points. */
  widthOf(text: string, size: number): number {
    const units = this.#glyphsOf(text).reduce((sum, each) => sum + this.#font.advanceOf(each), 0);
    return (units * size) / this.#font.unitsPerEm;
  }

  /** Hexadecimal digits, as the operator Tj takes them. */
  encoded(text: string): string {
    return this.#glyphsOf(text, true).map(fourDigits).join('');
  }

  /** Number of the font's object. Once, when everything has been written. */
  embed(writer: PdfWriter): number {
    const font = this.#font;
    const scaled = (units: number): number => Math.round((units * EM) / font.unitsPerEm);
    const name = `/${FILES[this.#weight].name}`;
    const glyphs = [...this.#used.keys()].sort((a, b) => a - b);
    const program = font.subset(glyphs);
    const descriptor = writer.add({
      Type: '/FontDescriptor',
      FontName: name,
      Flags: SYMBOLIC,
      FontBBox: `[${font.box.map(scaled).join(' ')}]`,
      ItalicAngle: 0,
      Ascent: scaled(font.ascent),
      Descent: scaled(font.descent),
      CapHeight: scaled(font.ascent),
      StemV: STEM[this.#weight],
      FontFile2: reference(writer.addStream(program, { Length1: program.length })),
    });
    const widths = glyphs.map((glyph) => `${glyph} [${scaled(font.advanceOf(glyph))}]`);
    const descendant = writer.add({
      Type: '/Font',
      Subtype: '/CIDFontType2',
      BaseFont: name,
      CIDSystemInfo: dictionary({ Registry: '(Adobe)', Ordering: '(Identity)', Supplement: 0 }),
      FontDescriptor: reference(descriptor),
      W: `[${widths.join(' ')}]`,
      CIDToGIDMap: '/Identity',
    });
    const letters = writer.addStream(Buffer.from(letterMap(this.#used)));
    return writer.add({
      Type: '/Font',
      Subtype: '/Type0',
      BaseFont: name,
      Encoding: '/Identity-H',
      DescendantFonts: `[${reference(descendant)}]`,
      ToUnicode: reference(letters),
    });
  }

  #glyphsOf(text: string, isUsed = false): readonly number[] {
    return Array.from(text.normalize('NFC'), (given) => {
      const found = this.#font.glyphOf(given.codePointAt(0) ?? 0);
      const letter = found === 0 ? MISSING : given;
      const glyph = found === 0 ? this.#font.glyphOf(MISSING.charCodeAt(0)) : found;
      if (isUsed && !this.#used.has(glyph)) this.#used.set(glyph, letter);
      return glyph;
    });
  }
}

function fourDigits(number: number): string {
  return number.toString(16).padStart(4, '0');
}

/** So that text can be searched and copied (9.10.3): at most a hundred entries in each block. */
function letterMap(used: ReadonlyMap<number, string>): string {
  const lines = [...used].map(([glyph, letter]) => {
    const units = Array.from({ length: letter.length }, (_, at) =>
      fourDigits(letter.charCodeAt(at)),
    );
    return `<${fourDigits(glyph)}> <${units.join('')}>`;
  });
  const blocks: string[] = [];
  for (let at = 0; at < lines.length; at += 100) {
    const block = lines.slice(at, at + 100);
    blocks.push(`${block.length} beginbfchar`, ...block, 'endbfchar');
  }
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <ffff> endcodespacerange',
    ...blocks,
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
}
