/**
 * What may wait for slow readers, in bytes: much for each while there is room, little for each once all of them
 * together hold TOTAL_MAX. So thousands of stuck readers cannot take the process's memory (L14), and a few that
 * stutter are not dropped for it.
 */

/** About a second and a half of 5,000 events of 300 bytes each second, beside what the kernel buffers. */
const EACH_MAX = 1024 * 1024;
const EACH_WHEN_FULL = 64 * 1024;
const TOTAL_MAX = 128 * 1024 * 1024;

export interface BufferShare {
  /** Notes what waits for this reader now; false when that is too much. */
  allows(bufferedBytes: number): boolean;
  release(): void;
}

export interface BufferBudget {
  share(): BufferShare;
}

export function createBufferBudget(totalMax = TOTAL_MAX): BufferBudget {
  let total = 0;
  return {
    share() {
      let noted = 0;
      const note = (bytes: number): void => {
        total += bytes - noted;
        noted = bytes;
      };
      return {
        allows(bufferedBytes) {
          note(bufferedBytes);
          return bufferedBytes <= (total > totalMax ? EACH_WHEN_FULL : EACH_MAX);
        },
        release: () => note(0),
      };
    },
  };
}
