/**
 * What can be said of a file without reading its objects: how it begins, and whether it is something else as well. A file that two programs read in two ways is refused.
 */

export interface Reason {
  readonly code: string;
  readonly detail: string;
}

const HEADER = /^%PDF-[12]\.\d/;
/** Where the end of a ZIP directory may lie: its comment has at most 65,535 bytes, itself 22. */
const ZIP_TAIL_BYTES = 65_557;
const ZIP_END = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const ZIP_END_BYTES = 22;
/** Browsers decide by the first bytes what a file without a type is. */
const SNIFFED_BYTES = 1_024;
const MARKUP = /<(!doctype\s+html|html|script|svg|\?xml[^>]*>\s*<svg)/i;

/** Marks of other formats that lie at a fixed place, so that a PDF can be one of them as well. */
const FOREIGN: readonly { readonly at: number; readonly mark: string; readonly name: string }[] = [
  { at: 128, mark: 'DICM', name: 'a DICOM picture' },
  { at: 257, mark: 'ustar', name: 'a tar archive' },
  { at: 32_769, mark: 'CD001', name: 'a disk image' },
];

/** Null when nothing speaks against the file. */
export function refusalOfEnvelope(bytes: Buffer): Reason | null {
  if (bytes.length === 0) return { code: 'NOT_A_PDF', detail: 'The file is empty.' };
  const head = bytes.subarray(0, SNIFFED_BYTES).toString('latin1');
  if (!HEADER.test(head))
    return { code: 'NOT_A_PDF', detail: 'The file does not begin with %PDF- and a version.' };
  const foreign = foreignFormat(bytes, head);
  if (foreign !== null)
    return { code: 'POLYGLOT', detail: `The file can be read as ${foreign} as well.` };
  return null;
}

function foreignFormat(bytes: Buffer, head: string): string | null {
  if (MARKUP.test(head)) return 'a web page';
  if (head.includes('PK\u0003\u0004')) return 'a ZIP archive';
  for (const { at, mark, name } of FOREIGN)
    if (bytes.subarray(at, at + mark.length).toString('latin1') === mark) return name;
  const tail = bytes.subarray(-ZIP_TAIL_BYTES);
  for (let at = tail.indexOf(ZIP_END); at >= 0; at = tail.indexOf(ZIP_END, at + 1)) {
    if (at + ZIP_END_BYTES > tail.length) break;
    if (at + ZIP_END_BYTES + tail.readUInt16LE(at + 20) === tail.length) return 'a ZIP archive';
  }
  return null;
}
