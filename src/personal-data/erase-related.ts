/** Erasing somebody erases whoever else they are known as: those first, so that a crash in between is repeated whole. */
import type { Erasure } from './erase.ts';

/** Ids of the persons that go with this one. Errors: UNAVAILABLE. */
export type RelatedPersons = (tenant: string, personId: string) => Promise<readonly string[]>;

export function withRelated(erasure: Erasure, relatedOf: RelatedPersons): Erasure {
  return {
    applyErasures: () => erasure.applyErasures(),
    start: () => erasure.start(),
    stop: () => erasure.stop(),
    receipt: (tenant, receiptId) => erasure.receipt(tenant, receiptId),
    settled: () => erasure.settled(),
    async erase(tenant, personId, actor) {
      for (const id of await relatedOf(tenant, personId)) await erasure.erase(tenant, id, actor);
      return erasure.erase(tenant, personId, actor);
    },
  };
}
