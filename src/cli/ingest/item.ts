/** One event of the input: its JSON text, or why it cannot be sent. */
export type Item =
  | { readonly line: number; readonly json: string }
  | { readonly line: number; readonly refused: Refusal };

export interface Refusal {
  /** From the server's table of errors, also for what is found before sending. */
  readonly code: string;
  readonly detail: string;
}

/** Items in the order of the input, a few at a time. Errors: CliError when the input as a whole cannot be read. */
export type Items = AsyncIterable<readonly Item[]>;

/** Larger than any event the server takes (1 MiB by default); beyond it a line is skipped without being held. */
export const EVENT_BYTES_MAX = 4 * 2 ** 20;

export const tooLarge = (line: number): Item => ({
  line,
  refused: {
    code: 'TOO_LARGE',
    detail: `The event is larger than ${EVENT_BYTES_MAX / 2 ** 20} MiB.`,
  },
});

export const invalid = (line: number, detail: string): Item => ({
  line,
  refused: { code: 'EVENT_INVALID', detail },
});
