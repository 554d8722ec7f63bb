/** Answers as they are kept for repeats: JSON without personal data. Pure. */
import type { Approval } from '../access/principal.ts';
import { Failure } from '../core/errors.ts';
import { ANSWER_BYTES_MAX, type StoredAnswer } from '../log/log.ts';
import type { CommandAnswer } from './pipeline.ts';

/** What `decide` and the append make of a command, before it has a position. */
export type Result =
  | {
      readonly status: 'done';
      readonly id: string;
      readonly version: bigint;
      readonly created: boolean;
      readonly members: Readonly<Record<string, unknown>>;
    }
  | {
      readonly status: 'refused';
      readonly code: string;
      readonly details: Readonly<Record<string, unknown>>;
    };

const decoder = new TextDecoder();

/** Errors: INTERNAL when the module answers more than may be kept, which is a defect of it. */
export function encodeResult(result: Result): Uint8Array {
  // Of the pool of buffers: a TextEncoder gives memory of its own, at four times the price.
  const body = Buffer.from(
    JSON.stringify(
      result.status === 'done' ? { ...result, version: result.version.toString() } : result,
    ),
  );
  if (body.length <= ANSWER_BYTES_MAX) return body;
  throw new Failure('INTERNAL', `An answer of ${body.length} bytes is too large to be kept.`);
}

/** The answer to a repeat. */
export function replayOf({
  body,
  position,
}: Pick<StoredAnswer, 'body' | 'position'>): CommandAnswer {
  // safe because only encodeResult writes bodies
  const held = JSON.parse(decoder.decode(body)) as
    | Extract<Result, { status: 'refused' }>
    | (Omit<Extract<Result, { status: 'done' }>, 'version'> & { readonly version: string });
  if (held.status === 'refused') return { ...held, replayed: true };
  return { ...held, version: BigInt(held.version), position, replayed: true };
}

/** The first answer to what was appended up to `position`. */
export function answerOf(
  { result, approval }: { readonly result: Result; readonly approval?: Approval | null },
  position: bigint,
): CommandAnswer {
  if (result.status === 'refused') return { ...result, replayed: false };
  const approved =
    approval === null || approval === undefined ? {} : { approver: approval.approver };
  return { ...result, position, replayed: false, ...approved };
}
