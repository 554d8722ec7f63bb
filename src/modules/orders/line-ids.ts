/** Ids that lines, payments and bills get when the caller names none: derived from the command, so deciding again agrees. */

/**
 * `f3a91c04be77-1`: the last block of a UUID (48 random bits) is ample within one order, whose lines may meet those of
 * another one that is merged into it. Ids of other forms are taken whole.
 */
export function lineIdOf(commandId: string, index: number): string {
  return `${shortOf(commandId)}-${index + 1}`;
}

function shortOf(commandId: string): string {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}([0-9a-f]{12})$/.exec(commandId)?.[1] ?? commandId;
}
