/** What is kept of an erased person, asked of the read models: for whoever writes the receipt. */
import type { Projections } from '../../projections/projections.ts';
import { keptAfterErasure, type KeptRecord } from './kept.ts';
import { summaries, type SummaryRow } from './read-models/summaries.ts';

/** Errors: UNAVAILABLE. */
export function keptOfGuests(projections: Pick<Projections, 'reader'>) {
  return async (
    { tenant, personId }: { readonly tenant: string; readonly personId: string },
    requestedAt: string,
  ): Promise<readonly KeptRecord[]> => {
    const read = await projections.reader(summaries).get({ tenant, key: personId });
    // safe because only this read model writes rows of it
    return keptAfterErasure(read === null ? null : (read.row as SummaryRow), requestedAt);
  };
}
