/** What the runtime can keep from a child that opens strangers' files. */

export interface Confinement {
  /** Files, processes and native code that are not named are denied: Node 20 and later. */
  readonly files: boolean;
  /** Every connection is denied: Node 25 and later. */
  readonly network: boolean;
}

/** By the options that the runtime knows; those of this process by default. */
export function confinementOf(
  options: { has(option: string): boolean } = process.allowedNodeEnvironmentFlags,
): Confinement {
  const files = options.has('--permission');
  return { files, network: files && options.has('--allow-net') };
}
