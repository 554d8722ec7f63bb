/** Frames that wait while a tail joins the live end, with a bound on their bytes. */
export interface HeldFrames {
  /** False when the bound was passed. */
  add(position: bigint, frame: Uint8Array): boolean;
  /** Takes everything; gives the frames behind `after` in order, and the position of the last, 0n without any. */
  takeBehind(after: bigint): { readonly frames: readonly Uint8Array[]; readonly last: bigint };
  clear(): void;
}

export function createHeldFrames(bytesMax: number): HeldFrames {
  let held: { readonly position: bigint; readonly frame: Uint8Array }[] = [];
  let bytes = 0;
  const clear = (): void => {
    held = [];
    bytes = 0;
  };
  return {
    add(position, frame) {
      held.push({ position, frame });
      bytes += frame.length;
      return bytes <= bytesMax;
    },
    takeBehind(after) {
      const behind = held.filter((item) => item.position > after);
      clear();
      return { frames: behind.map((item) => item.frame), last: behind.at(-1)?.position ?? 0n };
    },
    clear,
  };
}
