/** PDFs of the demo, written by hand: one that is clean, one that wants to act, one that is none. Pure. */

const BELOW = ['Le Comptoir, 1 rue de l Exemple, 75011 Paris', 'An invented document of the demo.'];

/** An invoice-like page of plain text. Letters of ASCII only: the standard fonts have no others. */
export function cleanPdf(title: string): Uint8Array<ArrayBuffer> {
  return pdfOf([title, ...BELOW], { catalog: '', more: [] });
}

/** The menu of Sundays, as it lies on the tables. */
export function menuPdf(): Uint8Array<ArrayBuffer> {
  const lines = [
    'Le Comptoir - Sunday lunch',
    '',
    'Leek soup, walnut oil   7.50',
    'Egg mayonnaise, herbs   6.80',
    '',
    'Roast chicken for two, potatoes   34.00',
    'Mushroom risotto (no milk on request)   16.90',
    'Trout, brown butter, capers   21.50',
    '',
    'Pear tart   7.20',
    'Creme brulee   7.20',
    '',
    'Allergens: ask us. Prices in euros, service included.',
  ];
  return pdfOf(lines, { catalog: '', more: [] });
}

/** Opens with a script: the service takes it out and keeps the page. */
export function actingPdf(title: string): Uint8Array<ArrayBuffer> {
  const script = "<< /Type /Action /S /JavaScript /JS (app.alert\\('Pay now'\\);) >>";
  return pdfOf([title, ...BELOW], { catalog: ' /OpenAction 6 0 R', more: [script] });
}

/** A program that calls itself a PDF. */
export function falsePdf(): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode('MZ\u0000This program cannot be run as a document.\n');
}

function pdfOf(
  lines: readonly string[],
  { catalog, more }: { readonly catalog: string; readonly more: readonly string[] },
): Uint8Array<ArrayBuffer> {
  const shown = lines.map((line) => `(${escaped(line)}) Tj 0 -24 Td`).join(' ');
  const content = `BT /F1 16 Tf 72 760 Td ${shown} ET`;
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R${catalog} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...more,
  ];
  let text = '%PDF-1.7\n';
  const places = objects.map((object, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const start = text.length;
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  text += `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new TextEncoder().encode(text);
}

function escaped(line: string): string {
  return line.replaceAll(/[^ -~]/g, '?').replaceAll(/[\\()]/g, '\\$&');
}
