/**
 * The provider of tenants whose messages stay in this process: the demo. It hears of what was accepted and reports what becomes
 * of it a believable moment later, the way a real one's reports are taken.
 *
 *   accepted -> sent -> delivered -> read, perhaps -> an answer of the guest, now and then
 *            -> sent -> failed             of a campaign, always for the same few numbers
 *   e-mail:  accepted, which is all that SMTP tells -> bounced, of a campaign, for the same few addresses
 *
 * What is due lies in memory: a process that is killed leaves its messages where they were. One that stops tells first what is
 * due within moments.
 */
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import { drawsOf, planStatuses, type Manner } from '../../platform/pretended/plan-statuses.ts';
import type { MailReport } from '../mail/parse-report.ts';
import type { ToldResult } from '../thread/protocol.ts';
import type { ProviderStatus, WebhookItem } from '../webhooks/parse-webhook.ts';
import type { GuestAnswers } from './guest-answers.ts';

export interface PretendedDependencies {
  /** As a provider's webhook would; durable when they resolve. */
  readonly takeWebhook: (tenant: string, items: readonly WebhookItem[]) => Promise<void>;
  readonly takeReport: (tenant: string, report: MailReport) => Promise<boolean>;
  readonly guestAnswers: GuestAnswers;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface PretendedProvider {
  /** What came of a request to it; statuses follow of what was accepted. */
  heard(told: ToldResult): void;
  start(): void;
  /** Tells what is due within moments, and nothing after that. */
  stop(): Promise<void>;
}

const TICK_MS = 200;
/** What a campaign of a few thousand has under way; of more nothing is reported. */
const DUE_MAX = 20_000;
/** A report that could not be taken comes again after a second, so often. */
const TRIES_MAX = 30;
const AGAIN_MS = 1_000;
/** Reads and answers are not waited for by a stop. */
const STOP_TELLS_MS = 6_000;

const SOON = { sent: { fromMs: 400, toMs: 1_200 }, delivered: { fromMs: 500, toMs: 3_000 } };
/** Whoever waits for a message looks at once, and at an offer less often and later. */
const AWAITED = { ...SOON, read: { fromMs: 2_500, toMs: 15_000 }, reads: 0.9 };
const OFFERED = { ...SOON, read: { fromMs: 4_000, toMs: 90_000 }, reads: 0.65 };
/** Share of addresses that reach nobody. Only campaigns meet them: whoever wrote or booked just now is there. */
const DEAD_SHARE = 0.04;
const NOT_REACHED = 131026;
const BOUNCED_AFTER_MS = 4_000;
const ANSWERS_SHARE = 0.7;
const ANSWER = { fromMs: 5_000, toMs: 15_000 };

type Due = {
  readonly atMs: number;
  readonly tries: number;
  readonly told: ToldResult;
} & (
  | { readonly kind: 'status'; readonly status: ProviderStatus['status'] }
  | { readonly kind: 'bounce' | 'answer' }
);

export function createPretendedProvider(deps: PretendedDependencies): PretendedProvider {
  return new Pretended(deps);
}

/** A class because it owns a timer and what is under way. */
class Pretended implements PretendedProvider {
  readonly #deps: PretendedDependencies;
  #due: Due[] = [];
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | null = null;
  #stopped = false;

  constructor(deps: PretendedDependencies) {
    this.#deps = deps;
  }

  heard(told: ToldResult): void {
    if (told.result.kind !== 'accepted' || this.#stopped || this.#due.length >= DUE_MAX) return;
    this.#due.push(...planOf(told, this.#deps.clock.nowMs()));
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#working ??= this.#tell(this.#deps.clock.nowMs()).finally(() => {
        this.#working = null;
      });
    }, TICK_MS);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#working;
    this.#due = this.#due.filter(({ kind }) => kind !== 'answer');
    await this.#tell(this.#deps.clock.nowMs() + STOP_TELLS_MS);
    this.#due = [];
  }

  /** Never rejects: what could not be taken comes again. */
  async #tell(untilMs: number): Promise<void> {
    const due = this.#due.filter(({ atMs }) => atMs <= untilMs);
    if (due.length === 0) return;
    this.#due = this.#due.filter(({ atMs }) => atMs > untilMs);
    const statuses = due.filter((each) => each.kind === 'status');
    for (const [tenant, some] of Map.groupBy(statuses, ({ told }) => told.sender.tenant))
      await this.#try(some, () => this.#deps.takeWebhook(tenant, some.map(statusOf)));
    for (const each of due)
      if (each.kind !== 'status') await this.#try([each], () => this.#tellOne(each));
  }

  async #tellOne({ kind, told: { sender, message } }: Due): Promise<void> {
    const { takeReport, takeWebhook, guestAnswers } = this.#deps;
    if (kind === 'bounce') {
      const { messageId: mailId } = message;
      await takeReport(sender.tenant, { kind, mailId, code: '5.1.1', isHard: true });
      return;
    }
    const answer = await guestAnswers(sender, message);
    if (answer !== null) await takeWebhook(sender.tenant, [answer]);
  }

  async #try(some: readonly Due[], work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { clock, logger } = this.#deps;
      logger.warn('a pretended provider was not heard', { error, count: some.length });
      const atMs = clock.nowMs() + AGAIN_MS;
      const again = some.filter(({ tries }) => tries < TRIES_MAX);
      this.#due.push(...again.map((each) => ({ ...each, atMs, tries: each.tries + 1 })));
    }
  }
}

function planOf(told: ToldResult, nowMs: number): readonly Due[] {
  const { messageId, recipient, campaignId, channel } = told.message;
  const isDead = campaignId !== null && drawsOf(recipient)() < DEAD_SHARE;
  const due = (afterMs: number) => ({ atMs: nowMs + afterMs, tries: 0, told });
  if (channel === 'email') return isDead ? [{ ...due(BOUNCED_AFTER_MS), kind: 'bounce' }] : [];
  const draw = drawsOf(messageId);
  const usual = campaignId === null ? AWAITED : OFFERED;
  const manner: Manner = { ...usual, fails: isDead ? 1 : 0 };
  const plan = planStatuses(draw, manner);
  const statuses = plan.map(({ status, afterMs }): Due => {
    return { ...due(afterMs), kind: 'status', status };
  });
  const last = plan.at(-1);
  if (campaignId !== null || last?.status !== 'read' || draw() >= ANSWERS_SHARE) return statuses;
  const writingMs = ANSWER.fromMs + Math.round(draw() * (ANSWER.toMs - ANSWER.fromMs));
  return [...statuses, { ...due(last.afterMs + writingMs), kind: 'answer' }];
}

function statusOf({
  status,
  atMs,
  told: { message },
}: Extract<Due, { readonly kind: 'status' }>): ProviderStatus {
  return {
    kind: 'status',
    callbackData: message.messageId,
    providerId: `pretended.${message.messageId}`,
    status,
    at: new Date(atMs).toISOString(),
    errorCode: status === 'failed' ? NOT_REACHED : null,
  };
}
