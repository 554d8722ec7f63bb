import type { Histogram } from '../histogram.ts';

/** One stretch of commands, closed loop: every connection sends when it was answered. */
export interface CommandPhase {
  readonly host: string;
  readonly port: number;
  readonly apiKey: string;
  readonly connections: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** Customers that all commands are for, in turn; without them every connection registers its own. */
  readonly hot: readonly string[];
  /** Whether each command carries an Idempotency-Key. */
  readonly keys: boolean;
  /** Makes keys and texts differ from those of other phases. */
  readonly name: string;
}

export interface CommandLoad {
  /** Commands answered 200 or 201 while measuring. */
  readonly done: number;
  /** The same from the beginning of measuring until the last answer: what the CPU read afterwards paid for. */
  readonly answered: number;
  readonly seconds: number;
  readonly latency: Histogram;
  /** Any other answer or lost connection, warm-up included. */
  readonly wrong: number;
  readonly firstProblem: string | undefined;
  /** CPU seconds of the load process while measuring. */
  readonly cpuSeconds: number;
}

/** What the load process tells the conductor. */
export type CommandReport =
  | { readonly kind: 'measuring' }
  | { readonly kind: 'done'; readonly result: CommandLoad }
  | { readonly kind: 'failed'; readonly message: string };
