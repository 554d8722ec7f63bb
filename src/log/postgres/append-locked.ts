import { assert } from '../../core/assert.ts';
import { appendBatch } from './append-batch.ts';
import { applyPlan } from './apply-plan.ts';
import type { BucketState } from './bucket-state.ts';
import { isEmpty, planAppend } from './plan-append.ts';
import { prepareBatch } from './prepare-batch.ts';
import { lockHead } from './read-head.ts';
import { DatabaseError } from '../../platform/postgres/database.ts';
import { type AppendUnit, answerUnknown } from './append-unit.ts';

/**
 * The way of a writer that was overtaken too often: takes the head lock, reads what it missed, packs and appends under
 * it. Others wait for the lock meanwhile, so this writer cannot be overtaken. An outcome that stays unknown here is
 * told as such: repeating with the same ids settles it.
 */
export async function appendLocked(
  state: BucketState,
  units: readonly AppendUnit[],
): Promise<void> {
  let sent = false;
  const startedMs = performance.now();
  try {
    const done = await state.database.transaction(async (tx) => {
      await lockHead(tx, state.bucket);
      await state.catchUp(tx);
      const plan = await planAppend(units, state.planSources(tx), true);
      if (isEmpty(plan)) return { plan, prepared: null, answer: null };
      const prepared = prepareBatch(plan, {
        bucket: state.bucket,
        expectedHead: state.keys.known,
        hasher: state.hasher,
      });
      sent = true;
      const answer = await appendBatch(tx, prepared);
      assert(answer.appended, 'under the head lock nothing overtakes and nothing is presumed');
      return { plan, prepared, answer };
    });
    if (done.prepared && done.answer) {
      state.committed(done.plan, done.prepared, done.answer);
      state.measure(done.prepared, performance.now() - startedMs);
    }
    applyPlan(done.plan, done.answer ?? { head: state.keys.known, recordedAt: 0 });
  } catch (error) {
    state.doubt();
    if (
      sent &&
      error instanceof DatabaseError &&
      error.kind !== 'server' &&
      error.kind !== 'not-sent'
    )
      for (const unit of units) answerUnknown(unit);
    else throw error;
  }
}
