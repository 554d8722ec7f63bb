import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { CliError } from '../command.ts';
import { inflated } from './inflate.ts';
import { formatOf } from './input.ts';

const TEXT = Array.from({ length: 20_000 }, (_, at) => `{"id":"${at}"}\n`).join('');
const NEVER = new AbortController().signal;

async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Buffer, size: number, stop = NEVER): Promise<string> {
  let text = '';
  for await (const chunk of inflated(chunked(bytes, size), stop)) text += chunk.toString('latin1');
  return text;
}

describe.each([
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync],
])('%s', (_name, compress) => {
  const bytes = compress(TEXT);

  test('is inflated, however it is cut, and so are two files behind each other', async () => {
    for (const size of [1, 3, 65_536]) expect(await read(bytes, size)).toBe(TEXT);
    expect(await read(Buffer.concat([bytes, compress('{}')]), 1000)).toBe(`${TEXT}{}`);
  });

  test('a file that ends too soon is an error after what could be read', async () => {
    let text = '';
    const reading = async (): Promise<void> => {
      for await (const chunk of inflated(chunked(bytes.subarray(0, -20), 1000), NEVER))
        text += chunk.toString('latin1');
    };
    await expect(reading()).rejects.toThrow(CliError);
    expect(text.length).toBeGreaterThan(0);
    expect(TEXT.startsWith(text)).toBe(true);
  });

  test('a file whose second part is damaged at its beginning is an error, not the first part alone', async () => {
    const second = compress('{}');
    second[0] = 0x7b;
    for (const size of [1000, 65_536])
      await expect(read(Buffer.concat([bytes, second]), size)).rejects.toThrow(CliError);
  });

  test('a stop in the middle is no error', async () => {
    await read(bytes.subarray(0, -20), 1000, AbortSignal.abort());
  });
});

test('zero bytes pad a gzip file, and what follows them is not left out without a word', async () => {
  const padded = Buffer.concat([gzipSync(TEXT), Buffer.alloc(512)]);
  for (const size of [1000, 65_536]) {
    expect(await read(padded, size)).toBe(TEXT);
    await expect(read(Buffer.concat([padded, gzipSync('{}')]), size)).rejects.toThrow(CliError);
  }
});

test('what is not compressed stays as it is, also when it is shorter than any mark', async () => {
  for (const text of ['', '{', '{}', '[1]', 'id,name\n1,x\n'])
    for (const size of [1, 100]) expect(await read(Buffer.from(text), size)).toBe(text);
});

test('an error of the file itself is passed on', async () => {
  async function* broken(): AsyncGenerator<Buffer> {
    yield gzipSync(TEXT).subarray(0, 100);
    throw new Error('the disk is gone');
  }
  const reading = async (): Promise<void> => {
    for await (const chunk of inflated(broken(), NEVER)) expect(chunk).toBeInstanceOf(Buffer);
  };
  await expect(reading()).rejects.toThrow('the disk is gone');
});

test('the format is told by the extension before that of the compression', async () => {
  const formats = ['a.csv.gz', 'a.TSV.ZST', 'a.ndjson.gz', 'a.json'].map(
    async (file) =>
      (await formatOf({ format: undefined, file }, chunked(Buffer.from('x'), 1))).format,
  );
  expect(await Promise.all(formats)).toEqual(['csv', 'tsv', 'ndjson', 'json']);
});
