/** The part of WebAssembly that is used here, typed: the types of a server know nothing of it. */

export interface WasmModule {
  readonly [Symbol.toStringTag]: 'WebAssembly.Module';
}
export interface WasmInstance {
  readonly exports: object;
}
type Instantiate = (
  bytes: unknown,
  imports: object,
) => Promise<{ readonly module: WasmModule; readonly instance: WasmInstance }>;

interface WasmApi {
  compile(bytes: Uint8Array): Promise<WasmModule>;
  instantiate: Instantiate;
  readonly Instance: new (module: WasmModule, imports: object) => WasmInstance;
  readonly RuntimeError: new (message: string) => Error;
}

// safe because every runtime that we support has it
export const wasm = (globalThis as unknown as { readonly WebAssembly: WasmApi }).WebAssembly;
