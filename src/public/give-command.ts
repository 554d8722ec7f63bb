/** Commands that visitors give: with the one permission that their page needs, and safe to send twice. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Principal, Scope } from '../access/principal.ts';
import { Failure, type ErrorCode } from '../core/errors.ts';
import { sha256Text } from '../http/modules/digests.ts';
import type { CommandAnswer, CommandRequest, Pipeline } from '../pipeline/pipeline.ts';
import type { Form } from './form.ts';

/** A double click: the first one is done within moments. A storage that is back by then is nobody's trouble either. */
const WAITS_MAX = 40;
const WAIT_MS = 50;

/** `page` names who decided in the log: `public:book`. */
export function visitorOf(tenant: string, page: string, scopes: readonly Scope[]): Principal {
  return { keyId: `public:${page}`, tenant, scopes: new Set(scopes) };
}

/** Nothing happened, or what happened is learnt by asking again under the same key. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['OUTCOME_UNKNOWN', 'UNAVAILABLE']);

/**
 * The answer, that of the first one for a form that was sent twice. With a key it is given again for two seconds while the storage
 * is away or does not know: a visitor who sees a fault page fills in no form a second time. Errors: those of the pipeline.
 */
export async function giveCommand(
  pipeline: Pick<Pipeline, 'handle'>,
  request: CommandRequest,
): Promise<CommandAnswer> {
  for (let waits = 0; ; waits += 1)
    try {
      return await pipeline.handle(request);
    } catch (error) {
      const code = error instanceof Failure ? error.code : null;
      const isPassing = code !== null && request.idempotencyKey !== undefined && PASSING.has(code);
      const isUnderWay = code === 'IDEMPOTENCY_IN_FLIGHT';
      if (!(isUnderWay || isPassing) || waits === WAITS_MAX) throw error;
      await pause(WAIT_MS);
    }
}

const NONCE = /^[A-Za-z0-9_-]{22}$/;

/**
 * The same form with the same content is one request; put right and sent again it is another. Undefined for a form that
 * no page of ours made.
 */
export function formKeyOf(form: Form): string | undefined {
  const nonce = form.get('nonce') ?? '';
  if (!NONCE.test(nonce)) return undefined;
  return `${nonce}.${sha256Text(JSON.stringify([...form]))}`;
}

/** 128 bits. */
export function newNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url');
}
