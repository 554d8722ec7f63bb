/** Pages that we write ourselves: text and lines at places, in fonts of our own. */
import type { Jpeg } from './jpeg.ts';
import {
  date,
  dictionary,
  number,
  PdfWriter,
  reference,
  text as textOf,
  type Entries,
} from './pdf-writer.ts';
import { WrittenFont, type Weight } from './written-font.ts';

export interface Written {
  readonly text: string;
  /** Of the base line, in points from the lower left. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight?: Weight;
  /** Degrees, counter-clockwise. */
  readonly angle?: number;
  /** 0 black to 1 white. */
  readonly grey?: number;
  readonly opacity?: number;
}

/** A JPEG that is drawn on pages; kept once, however often it is drawn. */
export interface PagePicture extends Jpeg {
  readonly bytes: Uint8Array;
}

/** Where a picture lies: its lower left corner and its size, in points. */
export interface PictureBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** For those who do not see it (ISO 32000-1, 14.9.3). */
  readonly alt: string;
}

/** What a document says of itself. */
export interface About {
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  readonly createdAt: Date;
}

/** A page under way; only `WrittenPages` looks inside. */
export interface WrittenPage {
  readonly width: number;
  readonly height: number;
  readonly operators: string[];
  readonly opacities: Set<number>;
  readonly pictures: Set<PagePicture>;
}

const LINE_WIDTH = 0.5;
const LINE_GREY = 0.6;
const WEIGHTS: readonly Weight[] = ['regular', 'bold'];

/** A class because it gathers what is on the pages until they are saved. */
export class WrittenPages {
  readonly #fonts = { regular: new WrittenFont('regular'), bold: new WrittenFont('bold') };
  readonly #used = new Set<Weight>();
  readonly #pages: WrittenPage[] = [];
  readonly #pictures = new Set<PagePicture>();

  widthOf(text: string, size: number, weight: Weight = 'regular'): number {
    return this.#fonts[weight].widthOf(text, size);
  }

  addPage(width: number, height: number): WrittenPage {
    const page = {
      width,
      height,
      operators: [],
      opacities: new Set<number>(),
      pictures: new Set<PagePicture>(),
    };
    this.#pages.push(page);
    return page;
  }

  write({ operators, opacities }: WrittenPage, written: Written): void {
    const { text, x, y, size, weight = 'regular', angle = 0, grey = 0, opacity = 1 } = written;
    const radians = (angle * Math.PI) / 180;
    const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
    this.#used.add(weight);
    if (opacity !== 1) opacities.add(opacity);
    operators.push(
      'q',
      ...(opacity === 1 ? [] : [`/${stateName(opacity)} gs`]),
      'BT',
      `${number(grey)} g /${weight} ${number(size)} Tf`,
      `${[cos, sin, -sin, cos].map(exact).join(' ')} ${number(x)} ${number(y)} Tm`,
      `<${this.#fonts[weight].encoded(text)}> Tj`,
      'ET Q',
    );
  }

  line(
    { operators }: WrittenPage,
    { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
  ): void {
    const [from, to] = [`${number(x)} ${number(y)}`, `${number(x + width)} ${number(y)}`];
    operators.push(`q ${LINE_GREY} G ${LINE_WIDTH} w ${from} m ${to} l S Q`);
  }

  picture({ operators, pictures }: WrittenPage, picture: PagePicture, box: PictureBox): void {
    const { x, y, width, height, alt } = box;
    pictures.add(picture);
    this.#pictures.add(picture);
    operators.push(
      `/Span ${dictionary({ Alt: textOf(alt) })} BDC`,
      `q ${[width, 0, 0, height, x, y].map(number).join(' ')} cm /${this.#nameOf(picture)} Do Q`,
      'EMC',
    );
  }

  #nameOf(picture: PagePicture): string {
    return `picture${[...this.#pictures].indexOf(picture)}`;
  }

  save(about?: About): Buffer {
    const writer = new PdfWriter();
    const fonts: Record<string, string> = {};
    for (const weight of WEIGHTS)
      if (this.#used.has(weight)) fonts[weight] = reference(this.#fonts[weight].embed(writer));
    const pictures = new Map<PagePicture, readonly [name: string, object: string]>();
    for (const picture of this.#pictures)
      pictures.set(picture, [this.#nameOf(picture), reference(pictureOf(writer, picture))]);
    const tree = writer.reserve();
    const kids = this.#pages.map((page) =>
      reference(pageOf(writer, page, { tree, fonts, pictures })),
    );
    writer.put(tree, { Type: '/Pages', Kids: `[${kids.join(' ')}]`, Count: kids.length });
    const catalog = { Type: '/Catalog', Pages: reference(tree), ...catalogOf(about) };
    const root = { Root: reference(writer.add(catalog)) };
    return writer.finish(
      about === undefined ? root : { ...root, Info: reference(writer.add(infoOf(about))) },
    );
  }
}

function pageOf(
  writer: PdfWriter,
  { width, height, operators, opacities, pictures }: WrittenPage,
  {
    tree,
    fonts,
    pictures: kept,
  }: {
    readonly tree: number;
    readonly fonts: Entries;
    readonly pictures: ReadonlyMap<PagePicture, readonly [name: string, object: string]>;
  },
): number {
  const states = [...opacities].map(
    (opacity) => [stateName(opacity), dictionary({ Type: '/ExtGState', ca: opacity })] as const,
  );
  const drawn = [...pictures].flatMap((picture) => {
    const object = kept.get(picture);
    return object === undefined ? [] : [object];
  });
  const resources = {
    Font: dictionary(fonts),
    ...(drawn.length === 0 ? {} : { XObject: dictionary(Object.fromEntries(drawn)) }),
    ...(states.length === 0 ? {} : { ExtGState: dictionary(Object.fromEntries(states)) }),
  };
  return writer.add({
    Type: '/Page',
    Parent: reference(tree),
    MediaBox: `[0 0 ${number(width)} ${number(height)}]`,
    Resources: dictionary(resources),
    Contents: reference(writer.addStream(Buffer.from(operators.join('\n')))),
  });
}

function pictureOf(writer: PdfWriter, { bytes, width, height, colours }: PagePicture): number {
  return writer.addPacked(bytes, {
    Type: '/XObject',
    Subtype: '/Image',
    Width: width,
    Height: height,
    ColorSpace: `/${colours}`,
    BitsPerComponent: 8,
    Filter: '/DCTDecode',
  });
}

function catalogOf(about: About | undefined): Entries {
  if (about === undefined) return {};
  const preferences = dictionary({ DisplayDocTitle: 'true' });
  return { Lang: textOf(about.language), ViewerPreferences: preferences };
}

function infoOf({ title, createdAt }: About): Entries {
  const at = date(createdAt);
  return { Title: textOf(title), CreationDate: at, ModDate: at };
}

function stateName(opacity: number): string {
  return `opacity${Math.round(opacity * 1000)}`;
}

/** Of an angle: three digits would bend a long line. */
function exact(value: number): string {
  return String(Number(value.toFixed(6)));
}
