/**
 * WebAssembly with a bound of our own: the `maximum` in the memory section of a module is lowered before it is compiled
 * (WebAssembly Core 2.0, section 5.5.8), so that a growth beyond it fails inside the module. Modules are compiled once
 * per process and instantiated anew for each use.
 */
import { readFile } from 'node:fs/promises';
import { wasm, type WasmModule } from './web-assembly.ts';

const PAGE_BYTES = 65_536;
const HEADER_BYTES = 8;
const MEMORY_SECTION = 5;
/** Bit of the flags of a memory: a maximum follows the minimum. */
const HAS_MAXIMUM = 1;

/** Compiles the module in the file. Throws when it does not declare one memory of its own. */
export async function compileLimited(file: URL, bytesMax: number): Promise<WasmModule> {
  return wasm.compile(withMaximum(await readFile(file), bytesMax / PAGE_BYTES));
}

/** The module with `pagesMax` as the maximum of its memory. */
export function withMaximum(module: Uint8Array, pagesMax: number): Uint8Array<ArrayBuffer> {
  for (let at = HEADER_BYTES; at < module.length;) {
    const id = module[at];
    const size = readNumber(module, at + 1);
    const end = size.next + size.value;
    if (id === MEMORY_SECTION) {
      const count = readNumber(module, size.next);
      const flags = readNumber(module, count.next);
      const minimum = readNumber(module, flags.next);
      if (count.value !== 1 || minimum.value > pagesMax)
        throw new TypeError('the module does not fit into the memory that it may have');
      const body = [1, flags.value | HAS_MAXIMUM, ...number(minimum.value), ...number(pagesMax)];
      const section = [MEMORY_SECTION, ...number(body.length), ...body];
      return Buffer.concat([module.subarray(0, at), Buffer.from(section), module.subarray(end)]);
    }
    at = end;
  }
  throw new TypeError('the module has no memory of its own');
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
