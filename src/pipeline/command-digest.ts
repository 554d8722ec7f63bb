import { hash } from 'node:crypto';
import { canonicalJson } from '../core/canonical-json.ts';

/** What an approval is given for. */
export interface DigestedCommand {
  readonly tenant: string;
  readonly category: string;
  /** Name of the command. */
  readonly command: string;
  /** Null for a creating command, whose id is made when it is done. */
  readonly id: string | null;
  readonly input: unknown;
}

/**
 * SHA-256 in hexadecimal over the canonical JSON (RFC 8785 in its order of members) of what is approved: another input,
 * stream or tenant has another digest.
 */
export function commandDigest({ tenant, category, command, id, input }: DigestedCommand): string {
  return hash('sha256', canonicalJson(['approval', tenant, category, command, id, input]), 'hex');
}
