/** The part of WebAssembly that is used here, typed: the types of a server know nothing of it. */

export interface WasmModule {
  readonly [Symbol.toStringTag]: 'WebAssembly.Module';
}
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  /** Throws beyond the maximum. */
  grow(pages: number): number;
}
export interface WasmInstance {
  readonly exports: object;
}
interface WasmApi {
  compile(bytes: Uint8Array<ArrayBuffer>): Promise<WasmModule>;
  readonly Module: {
    imports(
      module: WasmModule,
    ): readonly { readonly module: string; readonly name: string; readonly kind: string }[];
  };
  readonly Memory: new (limits: {
    readonly initial: number;
    readonly maximum: number;
  }) => WasmMemory;
  readonly Instance: new (module: WasmModule, imports: object) => WasmInstance;
  readonly RuntimeError: new (message: string) => Error;
}

// safe because every runtime that we support has it
export const wasm = (globalThis as unknown as { readonly WebAssembly: WasmApi }).WebAssembly;
