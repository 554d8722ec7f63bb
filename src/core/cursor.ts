import { Failure } from './errors.ts';

/**
 * A place in one bucket of one incarnation of the log. A tenant lives in one bucket, so every listing and tail needs
 * one position only; the encoding leaves room for several.
 */
export interface Cursor {
  readonly incarnation: string;
  readonly bucket: number;
  /** Everything up to and including this position was read, 0n is the beginning; newest first: from this position on. */
  readonly position: bigint;
  readonly order?: CursorOrder | undefined;
}

/** Which way the listing goes that the cursor belongs to; oldest first unless said otherwise. */
export type CursorOrder = 'oldest' | 'newest';

const VERSIONS: Readonly<Record<CursorOrder, string>> = { oldest: '1', newest: '1n' };

/** Encodes as an opaque string of letters, digits, `-` and `_` that is safe in URLs and headers. */
export function encodeCursor(cursor: Cursor): string {
  const version = VERSIONS[cursor.order ?? 'oldest'];
  const text = `${version}.${cursor.incarnation}.${cursor.bucket}.${cursor.position}`;
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * Decodes a cursor for `bucket` of `incarnation` and a listing in this order. Errors: CURSOR_INVALID when it cannot be read
 * or belongs to another bucket or order, CURSOR_FOREIGN when it belongs to another incarnation.
 */
export function decodeCursor(
  text: string,
  expected: { incarnation: string; bucket: number; order?: CursorOrder },
): Cursor {
  const { order = 'oldest' } = expected;
  const [version = '', incarnation, bucket, position] = plain(text).split('.');
  const isKnown = Object.values(VERSIONS).includes(version);
  if (!isKnown || !/^\d{1,5}$/.test(bucket ?? '') || !/^\d{1,19}$/.test(position ?? ''))
    throw new Failure(
      'CURSOR_INVALID',
      'The cursor cannot be read; use one that this server gave you.',
    );
  if (version !== VERSIONS[order])
    throw new Failure(
      'CURSOR_INVALID',
      `The cursor belongs to a listing in the other order; this one is ${order} first.`,
    );
  if (incarnation !== expected.incarnation)
    throw new Failure(
      'CURSOR_FOREIGN',
      'The cursor was issued before this log was created or restored.',
    );
  if (Number(bucket) !== expected.bucket)
    throw new Failure('CURSOR_INVALID', 'The cursor belongs to another tenant or bucket.');
  return { incarnation, bucket: Number(bucket), position: BigInt(position ?? '0'), order };
}

function plain(text: string): string {
  if (!/^[A-Za-z0-9_-]{8,200}$/.test(text)) return '';
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return '';
  }
}

/** For lists whose cursors are ids or values of their own, which `decodeCursor` does not know. */
export function cursorInvalid(): Failure {
  return new Failure('CURSOR_INVALID', 'The cursor `after` was not issued by this list.');
}
