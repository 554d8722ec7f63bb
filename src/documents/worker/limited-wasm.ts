/**
 * WebAssembly with a bound of our own, whose memory is given from outside: the section that declares the memory is taken
 * out of a module before it is compiled and becomes an import (WebAssembly Core 2.0, sections 5.5.5 and 5.5.8), with a
 * `maximum` beyond which no growth succeeds. Modules are compiled once per process and instantiated anew for each use.
 *
 * The memory of an instance that is given up serves the next one when it is all zeros again: a new one of 17 MB for each
 * job cost the collector, and the faults of its pages, more than the job.
 */
import { readFile } from 'node:fs/promises';
import { wasm, type WasmMemory, type WasmModule } from './web-assembly.ts';

const PAGE_BYTES = 65_536;
const HEADER_BYTES = 8;
const IMPORT_SECTION = 2;
const MEMORY_SECTION = 5;
/** Kind of an import, and flags of a memory: a maximum follows the minimum. */
const MEMORY = 2;
const HAS_MAXIMUM = 1;
/** Where the module asks for its memory. */
export const MEMORY_IMPORT = { module: 'env', name: 'memory' } as const;

const ZEROS = Buffer.alloc(PAGE_BYTES);

export interface LimitedModule {
  readonly module: WasmModule;
  /** Zeros, as large as the module asks for at least; the one given where that is as large still. */
  cleanMemory(used: WasmMemory | null): WasmMemory;
}

/** Compiles the module in the file. Throws when it does not declare one memory of its own. */
export async function compileLimited(file: URL, bytesMax: number): Promise<LimitedModule> {
  const maximum = bytesMax / PAGE_BYTES;
  const { bytes, minimum } = withImportedMemory(await readFile(file), maximum);
  return {
    module: await wasm.compile(bytes),
    cleanMemory(used) {
      if (used === null || used.buffer.byteLength !== minimum * PAGE_BYTES)
        return new wasm.Memory({ initial: minimum, maximum });
      clear(used);
      return used;
    },
  };
}

/** Pages that were never touched stay so: a look at them costs a tenth of writing to them. */
function clear({ buffer }: WasmMemory): void {
  for (let at = 0; at < buffer.byteLength; at += PAGE_BYTES) {
    const page = Buffer.from(buffer, at, PAGE_BYTES);
    if (!page.equals(ZEROS)) page.fill(0);
  }
}

interface Section {
  readonly id: number;
  readonly from: number;
  /** Where its content begins. */
  readonly content: number;
  readonly to: number;
}

/** The module with its memory as an import, of `maximum` pages at most, and the pages that it begins with. */
export function withImportedMemory(
  module: Uint8Array,
  maximum: number,
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly minimum: number } {
  const sections = [...sectionsOf(module)];
  const imports = sections.find(({ id }) => id === IMPORT_SECTION);
  const memory = sections.find(({ id }) => id === MEMORY_SECTION);
  if (imports === undefined || memory === undefined)
    throw new TypeError('the module has no memory of its own');
  const count = readNumber(module, memory.content);
  const minimum = readNumber(module, readNumber(module, count.next).next);
  if (count.value !== 1 || minimum.value > maximum)
    throw new TypeError('the module does not fit into the memory that it may have');
  const known = readNumber(module, imports.content);
  const limits = [MEMORY, HAS_MAXIMUM, ...number(minimum.value), ...number(maximum)];
  const body = Buffer.concat([
    Buffer.from(number(known.value + 1)),
    module.subarray(known.next, imports.to),
    Buffer.from([...name(MEMORY_IMPORT.module), ...name(MEMORY_IMPORT.name), ...limits]),
  ]);
  const bytes = Buffer.concat([
    module.subarray(0, imports.from),
    Buffer.from([IMPORT_SECTION, ...number(body.length)]),
    body,
    module.subarray(imports.to, memory.from),
    module.subarray(memory.to),
  ]);
  return { bytes, minimum: minimum.value };
}

function* sectionsOf(module: Uint8Array): Iterable<Section> {
  for (let from = HEADER_BYTES; from < module.length;) {
    const size = readNumber(module, from + 1);
    const to = size.next + size.value;
    yield { id: module[from] ?? 0, from, content: size.next, to };
    from = to;
  }
}

function name(letters: string): number[] {
  return [...number(letters.length), ...Buffer.from(letters)];
}

/** Unsigned LEB128. */
function readNumber(bytes: Uint8Array, start: number): { value: number; next: number } {
  let value = 0;
  for (let at = start, factor = 1; ; at += 1, factor *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte & 127) * factor;
    if (byte < 128) return { value, next: at + 1 };
  }
}

function number(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...number(Math.floor(value / 128))];
}
