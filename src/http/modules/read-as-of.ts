/**
 * `?at=` of a list: the read itself asks for the copies that it needs, as POST /v1/as-of/{model} does, and waits for
 * them a while. Of a small house they are built in time, so that nobody has to know of copies; of a large one the answer
 * says how far they are.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { AuditTrail } from '../../core/audit.ts';
import { Failure } from '../../core/errors.ts';
import type { ReadModel } from '../../core/read-model.ts';
import type { Projections } from '../../projections/projections.ts';
import { microsOf } from '../query-input.ts';
import type { Call } from '../route.ts';
import { WAIT_MS_MAX } from './read-your-writes.ts';

/** The bound of `?wait=`: whoever reads a list waits no longer for its past than for its own writes. */
export const AS_OF_WAIT_MS_MAX = WAIT_MS_MAX;
/** A try that finds no copy reads the records of all projections, 1 ms; a copy takes seconds. */
const POLL_MS = 100;

interface Dependencies {
  readonly projections: Projections;
  readonly audit: AuditTrail;
}

interface AsOfRead<T> {
  /** Address of the list, for the audit trail: `/v1/customers`. */
  readonly path: string;
  /** Those that `read` reads, all of the module whose read scope the route asked for. */
  readonly models: readonly ReadModel[];
  readonly read: () => Promise<T>;
}

/** Errors: those of `read`, AS_OF_NOT_BUILT with the progress after AS_OF_WAIT_MS_MAX, AS_OF_COPIES_IN_USE. */
export async function readAsOf<T>(deps: Dependencies, call: Call, of: AsOfRead<T>): Promise<T> {
  const asOfMicros = microsOf(call.query, 'at');
  if (asOfMicros === undefined) return of.read();
  const deadline = performance.now() + AS_OF_WAIT_MS_MAX;
  let isAsked = false;
  for (;;) {
    try {
      return await of.read();
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'AS_OF_NOT_BUILT')) throw error;
      if (!isAsked) await askForCopies(deps, call, { ...of, asOfMicros });
      else if (performance.now() >= deadline || call.reply.raw.destroyed)
        throw await withProgress(deps, error, { asOfMicros, by: askerOf(call) });
      isAsked = true;
    }
    await pause(POLL_MS);
  }
}

/** Whose the copies are that a call asks for. */
export function askerOf({ principal: { tenant, keyId } }: Pick<Call, 'principal'>): string {
  return `${tenant} ${keyId}`;
}

/** Of copies that are there or under way it is only noted that they are in use. Errors: AS_OF_COPIES_IN_USE. */
async function askForCopies(
  { projections, audit }: Dependencies,
  call: Call,
  { path, models, asOfMicros }: Pick<AsOfRead<unknown>, 'path' | 'models'> & AsOf,
): Promise<void> {
  const wanted = { asOfMicros, by: askerOf(call) };
  for (const { name } of models) {
    if ((await projections.shadow(name, wanted)) !== null) continue;
    await projections.askShadow(name, wanted);
    const { principal, client, traceId } = call;
    audit.note({
      tenant: principal.tenant,
      class: 'audit',
      action: 'list.as-of-asked',
      actor: principal.keyId,
      address: client,
      subject: `as-of/${name}`,
      route: `GET ${path}`,
      after: { at: call.query.get('at') },
      traceId,
    });
  }
}

interface AsOf {
  readonly asOfMicros: bigint;
}

/** The refusal with how far the copy is; as it was where another moment of the same asker took its place. */
async function withProgress(
  { projections }: Dependencies,
  refusal: Failure,
  wanted: AsOf & { readonly by: string },
): Promise<Failure> {
  const { model } = refusal.extra;
  const copy = typeof model === 'string' ? await projections.shadow(model, wanted) : null;
  if (copy === null)
    return new Failure(refusal.code, refusal.message, {
      retryAfterSeconds: refusal.retryAfterSeconds ?? 1,
      extra: refusal.extra,
    });
  const { progress, eventsDone, behindEvents } = copy;
  return new Failure(refusal.code, refusal.message, {
    retryAfterSeconds: refusal.retryAfterSeconds ?? 1,
    extra: {
      ...refusal.extra,
      building: true,
      progress,
      eventsDone: Number(eventsDone),
      behindEvents: Number(behindEvents),
    },
  });
}
