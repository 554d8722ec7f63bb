/** The place in a listing of the audit trail as an opaque text: the oldest seq that was shown of each class. */
import { AUDIT_CLASSES } from '../audit/chain.ts';
import type { AuditPlace } from '../audit/queries.ts';
import type { AuditClass } from '../core/audit.ts';
import { Failure } from '../core/errors.ts';

export function placeText(place: AuditPlace): string {
  const seqs = AUDIT_CLASSES.map((of) => place[of] ?? '');
  return Buffer.from(seqs.join('.')).toString('base64url');
}

/** Undefined without one. Errors: CURSOR_INVALID. */
export function placeIn(text: string | undefined): AuditPlace | undefined {
  if (text === undefined) return undefined;
  const seqs = Buffer.from(text, 'base64url').toString('latin1').split('.');
  const fits = seqs.length === AUDIT_CLASSES.length && seqs.every((seq) => /^\d{0,18}$/.test(seq));
  if (!fits) throw new Failure('CURSOR_INVALID', 'The place cannot be read: pass `next` as it is.');
  const place: Partial<Record<AuditClass, bigint>> = {};
  for (const [index, of] of AUDIT_CLASSES.entries()) {
    const seq = seqs[index] ?? '';
    if (seq !== '') place[of] = BigInt(seq);
  }
  return place;
}
