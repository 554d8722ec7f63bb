/** Ordinary PDFs of many kinds: what people upload. Every one of them must come out clean. */
import { PDFDocument, PDFName, PDFString, rgb, StandardFonts } from '@cantoo/pdf-lib';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { runQpdf } from '../../../src/documents/worker/qpdf.ts';
import { deflated, documentOf, stream, type DocumentSource, type RawFile } from './write-pdf.ts';

export interface Ordinary {
  readonly name: string;
  readonly make: () => Promise<Buffer>;
}

const one = (
  name: string,
  source: DocumentSource,
  file: Omit<RawFile, 'objects'> = {},
): Ordinary => ({
  name,
  make: async () => documentOf(source, file),
});
const link = (action: string): DocumentSource => ({
  pages: [{ entries: `/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 99 99] ${action} >>]` }],
});
const pages = (count: number) => Array.from({ length: count }, () => ({}));

const SIZES = {
  a3: [842, 1191],
  a4: [595, 842],
  letter: [612, 792],
  receipt: [227, 1200],
  a0: [2384, 3370],
};
const LINKS = [
  'https://example.com/a?b=c#d',
  'http://example.com:8080/',
  'mailto:ana@example.com',
  'tel:+48123456789',
  'page.html',
  '/absolute/path',
  '#anchor',
  'www.example.com',
];

const SHAPES: readonly Ordinary[] = [
  ...Object.entries(SIZES).map(([name, box]) =>
    one(`a page of ${name}`, { pages: [{ entries: `/MediaBox [0 0 ${box.join(' ')}]` }] }),
  ),
  ...[90, 180, 270, -90].map((angle) =>
    one(`a page turned by ${angle}`, { pages: [{ entries: `/Rotate ${angle}` }] }),
  ),
  ...LINKS.map((target) => one(`a link to ${target}`, link(`/A << /S /URI /URI (${target}) >>`))),
  one('a page with a crop box', { pages: [{ entries: '/CropBox [20 20 500 700]' }] }),
  one('a link within the document', link('/Dest [10 0 R /XYZ 0 0 null]')),
  one('a link by action', link('/A << /S /GoTo /D [10 0 R /Fit] >>')),
  one('a button to the next page', link('/A << /S /Named /N /NextPage >>')),
  one('a view to open with', { catalog: '/OpenAction [10 0 R /FitH null]' }),
  one('a view to open with by action', { catalog: '/OpenAction << /S /GoTo /D [10 0 R /Fit] >>' }),
  one('a base for links', { catalog: '/URI << /Base (https://example.com/) >>' }),
  one('a document of 40 pages', { pages: pages(40) }),
  one('an empty page', { pages: [{ content: stream('') }] }),
  one('text about scripts', { pages: [{ text: 'How the entry JS and AA works' }] }),
  one('compressed text about scripts', {
    pages: [{ content: deflated('BT /F1 9 Tf 9 9 Td (/JavaScript and /Launch) Tj ET') }],
  }),
  one('objects in streams', { pages: pages(3) }, { packed: [1, 2, 3, 10, 12, 14] }),
  one('an old version', {}, { header: '%PDF-1.3\n' }),
  one('version 2', {}, { header: '%PDF-2.0\n' }),
  one('blank lines at its end', {}, { tail: '\r\n\r\n \0\0' }),
  one('an outline', {
    pages: pages(2),
    catalog: '/Outlines 100 0 R /PageMode /UseOutlines',
    extra: {
      100: '<< /Type /Outlines /First 101 0 R /Last 102 0 R /Count 2 >>',
      101: '<< /Title (One) /Parent 100 0 R /Next 102 0 R /Dest [10 0 R /Fit] >>',
      102: '<< /Title (Two) /Parent 100 0 R /Prev 101 0 R /Dest [12 0 R /Fit] >>',
    },
  }),
  one('named destinations', {
    catalog: '/Names << /Dests << /Names [(one) [10 0 R /Fit]] >> >>',
  }),
  one('labels of pages', { catalog: '/PageLabels << /Nums [0 << /S /r >>] >>' }),
  one('a note', {
    pages: [
      { entries: '/Annots [<< /Type /Annot /Subtype /Text /Rect [9 9 30 30] /Contents (hi) >>]' },
    ],
  }),
  one('layers', {
    catalog: '/OCProperties << /OCGs [100 0 R] /D << /Order [100 0 R] >> >>',
    extra: { 100: '<< /Type /OCG /Name (Layer) >>' },
  }),
  one('a plain form', {
    pages: [{ entries: '/Annots [100 0 R 101 0 R]' }],
    catalog:
      '/AcroForm << /Fields [100 0 R 101 0 R] /DA (/F1 9 Tf) /DR << /Font << /F1 3 0 R >> >> >>',
    extra: {
      100: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /Rect [60 600 260 620] /V (Ana) >>',
      101: '<< /Type /Annot /Subtype /Widget /FT /Btn /T (ok) /Rect [60 560 80 580] /AS /Off >>',
    },
  }),
  one('a form that can be cleared', link('/A << /S /ResetForm >>')),
  one('a font that is called AA', {
    pages: [
      {
        entries: '/Resources << /Font << /AA 3 0 R /JS 3 0 R >> >>',
        content: deflated('BT /AA 9 Tf 9 9 Td (a) Tj /JS 9 Tf (b) Tj ET'),
      },
    ],
  }),
  one('Chinese without its font', {
    pages: [
      {
        entries: '/Resources << /Font << /F2 100 0 R >> >>',
        content: stream('BT /F2 20 Tf 60 700 Td <4F60597D> Tj ET'),
      },
    ],
    extra: {
      100: '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [101 0 R] >>',
      101:
        '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 102 0 R ' +
        '/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>',
      102: '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 0 999 999] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>',
    },
  }),
  one('Hebrew by a table to Unicode', {
    pages: [
      {
        entries: '/Resources << /Font << /F2 100 0 R >> >>',
        content: stream('BT /F2 20 Tf 60 700 Td (abc) Tj ET'),
      },
    ],
    extra: {
      100: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 101 0 R >>',
      101: deflated(
        '/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange ' +
          '3 beginbfchar <61> <05E9> <62> <05DC> <63> <05DD> endbfchar endcmap end',
      ),
    },
  }),
  one('a tagged page as browsers print it', {
    pages: [
      {
        entries: '/StructParents 0 /Tabs /S',
        content: deflated('/P << /MCID 0 >> BDC BT /F1 12 Tf 60 700 Td (Hello) Tj ET EMC'),
      },
    ],
    catalog:
      '/MarkInfo << /Marked true >> /StructTreeRoot 100 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle true >>',
    extra: {
      100: '<< /Type /StructTreeRoot /K 101 0 R /ParentTree 103 0 R >>',
      101: '<< /Type /StructElem /S /Document /P 100 0 R /K [102 0 R] >>',
      102: '<< /Type /StructElem /S /P /P 101 0 R /Pg 10 0 R /K 0 >>',
      103: '<< /Nums [0 [102 0 R]] >>',
    },
  }),
  one('metadata in XML', {
    catalog: '/Metadata 100 0 R',
    extra: {
      100: stream(
        '<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"/><?xpacket end="w"?>',
        '/Type /Metadata /Subtype /XML',
      ),
    },
  }),
  one('a shading and transparency', {
    pages: [
      {
        entries:
          '/Group << /S /Transparency /CS /DeviceRGB >> /Resources << /ExtGState << /G << /ca 0.5 /AAPL:AA true >> >> ' +
          '/Shading << /S << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 9 9] /Function << /FunctionType 2 /Domain [0 1] /C0 [0 0 0] /C1 [1 1 1] /N 1 >> >> >> >>',
        content: stream('/G gs /S sh'),
      },
    ],
  }),
  ...['ASCIIHexDecode', 'ASCII85Decode', 'RunLengthDecode'].map((filter) =>
    one(`content by ${filter}`, { pages: [{ content: encodedBy(filter) }] }),
  ),
];

function encodedBy(filter: string) {
  const text = 'BT /F1 9 Tf 9 9 Td (a) Tj ET';
  const encoded: Readonly<Record<string, Buffer>> = {
    ASCIIHexDecode: Buffer.from(`${Buffer.from(text).toString('hex')}>`),
    ASCII85Decode: Buffer.from('zzzz~>'),
    RunLengthDecode: Buffer.concat([
      Buffer.from([text.length - 1]),
      Buffer.from(text),
      Buffer.from([128]),
    ]),
  };
  return { dict: `/Filter /${filter}`, bytes: encoded[filter] ?? Buffer.alloc(0) };
}

async function scan(quality: number): Promise<Buffer> {
  const pixels = Buffer.from(Array.from({ length: 300 * 400 }, (_, at) => (at * 31) % 256));
  return sharp(pixels, { raw: { width: 300, height: 400, channels: 1 } })
    .jpeg({ quality })
    .toBuffer();
}

const MADE: readonly Ordinary[] = [
  ...['--linearize', '--qdf', '--object-streams=generate', '--newline-before-endstream'].map(
    (option) => ({
      name: `qpdf with ${option}`,
      async make() {
        const files = { '/in.pdf': documentOf({ pages: pages(5) }) };
        const run = await runQpdf(['/in.pdf', option, '/out.pdf'], files);
        return Buffer.from(run.read('/out.pdf') ?? []);
      },
    }),
  ),
  ...[20, 80].map((quality) => ({
    name: `a scan of quality ${quality}`,
    async make() {
      const image = {
        dict: '/Type /XObject /Subtype /Image /Width 300 /Height 400 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode',
        bytes: await scan(quality),
      };
      const entries = '/Resources << /XObject << /Im0 100 0 R >> >>';
      const content = stream('595 0 0 842 0 0 cm /Im0 Do');
      return documentOf({ pages: [{ entries, content }], extra: { 100: image } });
    },
  })),
  {
    name: 'a white scan, which deflates a thousandfold',
    async make() {
      const bytes = deflateSync(Buffer.alloc(2480 * 3508 * 3, 255));
      const image = {
        dict: '/Type /XObject /Subtype /Image /Width 2480 /Height 3508 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode',
        bytes,
      };
      const entries = '/Resources << /XObject << /Im0 100 0 R >> >>';
      const content = stream('595 0 0 842 0 0 cm /Im0 Do');
      return documentOf({ pages: [{ entries, content }], extra: { 100: image } });
    },
  },
  ...[1, 10, 500].map((count) => ({
    name: `${count} pages by a library`,
    make: () =>
      byLibrary(async (document) => {
        const font = await document.embedFont(StandardFonts.TimesRoman);
        for (let index = 0; index < count; index += 1)
          document
            .addPage([595, 842])
            .drawText(`Page ${index + 1} of ${count}`, { x: 50, y: 700, font });
      }),
  })),
  ...([true, false] as const).map((useObjectStreams) => ({
    name: useObjectStreams ? 'a library with object streams' : 'a library without object streams',
    make: () => byLibrary(async (document) => void document.addPage(), useObjectStreams),
  })),
  ...Object.values(StandardFonts)
    .slice(0, 6)
    .map((name) => ({
      name: `text in ${name}`,
      make: () =>
        byLibrary(async (document) => {
          const font = await document.embedFont(name);
          document
            .addPage()
            .drawText('Zaz, cafe, naive', { x: 40, y: 400, font, color: rgb(0, 0.3, 0.5) });
        }),
    })),
  {
    name: 'a form by a library',
    make: () =>
      byLibrary(async (document) => {
        const page = document.addPage();
        const form = document.getForm();
        form.createTextField('name').addToPage(page, { x: 50, y: 500 });
        form.createCheckBox('agree').addToPage(page, { x: 50, y: 450 });
        const choice = form.createDropdown('country');
        choice.addOptions(['PL', 'PT', 'GB']);
        choice.addToPage(page, { x: 50, y: 400 });
      }),
  },
  {
    name: 'properties by a library',
    make: () =>
      byLibrary(async (document) => {
        document.addPage();
        document.setTitle('Rachunek za obiad, zażółć');
        document.setAuthor('Ana');
        document.setKeywords(['/JavaScript', '/Launch']);
      }),
  },
  {
    name: 'a link by a library',
    make: () =>
      byLibrary(async (document) => {
        const page = document.addPage();
        const action = document.context.obj({
          S: 'URI',
          URI: PDFString.of('https://example.com/'),
        });
        const annotation = document.context.obj({
          Type: 'Annot',
          Subtype: 'Link',
          Rect: [0, 0, 9, 9],
          A: action,
        });
        page.node.set(
          PDFName.of('Annots'),
          document.context.obj([document.context.register(annotation)]),
        );
      }),
  },
  {
    name: 'pictures by a library',
    make: () =>
      byLibrary(async (document) => {
        const png = await sharp({
          create: { width: 64, height: 64, channels: 4, background: '#0f4c3a80' },
        })
          .png()
          .toBuffer();
        const page = document.addPage();
        page.drawImage(await document.embedPng(png), { x: 9, y: 9 });
        page.drawImage(await document.embedJpg(await scan(60)), {
          x: 99,
          y: 99,
          width: 60,
          height: 80,
        });
      }),
  },
];

async function byLibrary(
  fill: (document: PDFDocument) => Promise<void>,
  useObjectStreams = true,
): Promise<Buffer> {
  const document = await PDFDocument.create();
  await fill(document);
  return Buffer.from(await document.save({ useObjectStreams }));
}

export const ORDINARY: readonly Ordinary[] = [...SHAPES, ...MADE];
