/** qpdf and pdfium on the surroundings that we give them. */
import { inflateSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { deflated, documentOf } from '../../../test/support/pdf/write-pdf.ts';
import { EmscriptenHost } from './emscripten-host.ts';
import { compileLimited } from './limited-wasm.ts';
import { ERRNO, MemoryFiles } from './memory-files.ts';
import { renderPage } from './pdfium.ts';
import { QpdfProgram } from './qpdf-program.ts';
import type { LimitedModule } from './limited-wasm.ts';

const MIB = 1024 * 1024;
const binary = new URL(import.meta.resolve('@neslinesli93/qpdf-wasm/dist/qpdf.wasm'));

describe('qpdf', () => {
  let module: LimitedModule;
  const said: string[] = [];
  const program = (bytesMax = 64 * MIB): QpdfProgram =>
    new QpdfProgram(module, { bytesMax, note: (line) => said.push(line) });
  beforeAll(async () => {
    module = await compileLimited(binary, 64 * MIB);
  });

  test('finds nothing of a job in the instance of the next', () => {
    const qpdf = program();
    qpdf.renew();
    const fresh = Buffer.from(qpdf.memory());
    qpdf.files.put('/in.pdf', documentOf({ pages: [{ text: 'secret' }] }));
    expect(qpdf.run(['/in.pdf', '--qdf', '/out.pdf'])).toBe(0);
    expect(Buffer.from(qpdf.memory()).equals(fresh)).toBe(false);
    qpdf.renew();
    expect(Buffer.from(qpdf.memory()).equals(fresh)).toBe(true);
    expect(qpdf.files.get('/in.pdf')).toBeNull();
  });

  test('catches its own exceptions, and says what was wrong', () => {
    const qpdf = program();
    qpdf.renew();
    qpdf.files.put('/in.pdf', Buffer.from('%PDF-1.7\nnothing\n%%EOF'));
    expect(qpdf.run(['/in.pdf', '/out.pdf'])).toBe(2);
    expect(said.join('\n')).toContain('/in.pdf');
  });

  test('leaves nothing on the stack of an instance that runs again', () => {
    const qpdf = program();
    qpdf.renew();
    for (let run = 0; run < 1_000; run += 1) {
      qpdf.files.put('/in.pdf', Buffer.from('%PDF-1.7\nnothing\n%%EOF'));
      expect(qpdf.run(['/in.pdf', '/out.pdf'])).toBe(2);
    }
  });

  test('has no room beyond what its files may hold', () => {
    const qpdf = program(4_000);
    qpdf.renew();
    qpdf.files.put('/in.pdf', documentOf({ pages: [{ text: 'x'.repeat(3_000) }] }));
    expect(qpdf.run(['/in.pdf', '--stream-data=uncompress', '/out.pdf'])).toBe(2);
  });

  test('of another build is refused when the process begins', () => {
    const another = () => new EmscriptenHost(module, { bytesMax: MIB, note: () => undefined });
    expect(another).toThrow('asks for');
  });
});

describe('files in memory', () => {
  test('are read from where the last read ended, and written behind their end', () => {
    const files = new MemoryFiles(MIB);
    files.put('/a', Buffer.from('abcdef'));
    const open = files.open('/a', 0);
    const into = Buffer.alloc(4);
    expect([files.read(open, into), into.toString()]).toEqual([4, 'abcd']);
    expect(files.read(open, into)).toBe(2);
    expect(files.read(open, into)).toBe(0);
    const made = files.open('/b', 1 | 64 | 512);
    files.write(made, Buffer.from('xy'));
    expect(files.seek(made, 4, 0)).toBe(4);
    files.write(made, Buffer.from('z'));
    expect(Buffer.from(files.get('/b') ?? [])).toEqual(Buffer.from('xy\0\0z'));
  });

  test('that are not there, or too many bytes, are errors of the program', () => {
    const files = new MemoryFiles(10);
    expect(() => files.open('/etc/passwd', 0)).toThrow(`errno ${ERRNO.noEntry}`);
    const made = files.open('/b', 1 | 64);
    expect(() => files.write(made, Buffer.alloc(11))).toThrow(`errno ${ERRNO.noSpace}`);
    files.close(made);
    expect(() => files.write(made, Buffer.alloc(1))).toThrow(`errno ${ERRNO.badFile}`);
  });
});

test('a picture of a page has the colours of the page', async () => {
  const content = deflated('1 0 0 rg 0 0 300 900 re f 0 0 1 rg 300 0 400 900 re f');
  const { png, width } = await renderPage(documentOf({ pages: [{ content }] }), {
    page: 1,
    width: 60,
  });
  const at = png.indexOf('IDAT');
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  const pixel = (x: number) => [...rows.subarray(1 + x * 3, 4 + x * 3)];
  expect(pixel(2)).toEqual([255, 0, 0]);
  expect(pixel(width - 2)).toEqual([0, 0, 255]);
});
