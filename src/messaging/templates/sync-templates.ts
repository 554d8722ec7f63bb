/**
 * Templates and the provider: what was submitted is handed over, and asked for until the provider has approved or refused
 * it. The rows of pending reviews come with the checkpoint of a durable subscription, so none is forgotten.
 */
import { createEventRecorder } from '../../core/record-event.ts';
import type { Logger } from '../../core/logger.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import type { Subscriber } from '../../subscriptions/durable/durable.ts';
import {
  providerParts,
  SENDERS,
  TEMPLATES,
  templateSubmitted,
  versionOf,
  type KnownTemplate,
  type ProviderParts,
  type SenderState,
  type TemplateState,
} from '../../modules/messages/index.ts';
import type { GiveCommand } from '../commands.ts';
import { providerName } from '../content/prepare-messages.ts';
import {
  addReviews,
  leaseReviews,
  markSubmitted,
  removeReview,
  type PendingReview,
} from './pending-reviews.ts';

const REVIEWS_AT_ONCE = 20;
const LOOK_MS = 1_000;

export interface SubmittedPart {
  /** With `{{1}}`, `{{2}}` ... for variables. */
  readonly text: string;
  /** A value for each variable, which the reviewers see. */
  readonly examples: readonly string[];
}

export interface TemplateProvider {
  /** The credential of that name, or the installation's own for null. */
  tokenOf(secretName: string | null): string | undefined;
  submitTemplate(
    account: { readonly wabaId: string; readonly token: string },
    template: {
      readonly name: string;
      readonly language: string;
      readonly category: 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';
      readonly header: SubmittedPart | null;
      readonly body: SubmittedPart;
      readonly footer: string | null;
    },
  ): Promise<string>;
  /** In the provider's word; null for a template that it does not have. */
  statusOf(
    account: { readonly wabaId: string; readonly token: string },
    template: { readonly name: string; readonly language: string },
  ): Promise<string | null>;
}

export interface SyncDependencies {
  readonly database: Queryable;
  readonly pipeline: Pick<Pipeline, 'load'>;
  /** Of the tenant's templates. */
  readonly providerOf: (tenant: string) => TemplateProvider;
  readonly giveCommand: GiveCommand;
  readonly logger: Logger;
}

/** What the provider's words mean; undefined while it has not decided. */
export function reviewOf(status: string): 'approved' | 'rejected' | 'paused' | undefined {
  switch (status) {
    case 'APPROVED':
    case 'REINSTATED':
      return 'approved';
    case 'REJECTED':
      return 'rejected';
    case 'PAUSED':
    case 'DISABLED':
    case 'FLAGGED':
      return 'paused';
    default:
      return undefined;
  }
}

export function createTemplateReader({ pipeline }: Pick<SyncDependencies, 'pipeline'>): Subscriber {
  const recorder = createEventRecorder([templateSubmitted]);
  return {
    name: 'messaging.templates',
    types: recorder.types,
    from: 'beginning',
    async handle({ events, bucket }) {
      const reviews: PendingReview[] = [];
      for (const stored of events) {
        const event = recorder.record(stored);
        if (event === null) continue;
        // safe because the recorder gives events of that type only
        const { templateId, version, senderId } = event.data as {
          templateId: string;
          version: number;
          senderId: string | null;
        };
        const { tenant } = event;
        const template = await templateOf(pipeline, { tenant, templateId });
        if (senderId === null || template?.channel !== 'whatsapp') continue;
        for (const { language } of versionOf(template, version)?.texts ?? [])
          reviews.push({
            bucket,
            tenant,
            templateId,
            version,
            language,
            senderId,
            submitted: false,
          });
      }
      return reviews.length === 0 ? null : (tx) => addReviews(tx, reviews);
    },
  };
}

/** Runs while the process has the role for it. */
export class TemplateSync {
  readonly #deps: SyncDependencies;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();
  #isBusy = false;

  constructor(deps: SyncDependencies) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer = setInterval(() => {
      if (this.#isBusy) return;
      this.#isBusy = true;
      this.#working = this.#work().finally(() => {
        this.#isBusy = false;
      });
    }, LOOK_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#working;
  }

  async #work(): Promise<void> {
    const { database, logger } = this.#deps;
    try {
      for (const review of await leaseReviews(database, REVIEWS_AT_ONCE)) await this.#one(review);
    } catch (error) {
      logger.warn('templates could not be synchronised', { error });
    }
  }

  /** A failure leaves the row: it is tried again when its lease ends. */
  async #one(review: PendingReview): Promise<void> {
    const { database, pipeline, providerOf } = this.#deps;
    const provider = providerOf(review.tenant);
    const template = await templateOf(pipeline, review);
    const held = template === null ? null : versionOf(template, review.version);
    const text = held?.texts.find(({ language }) => language === review.language);
    const account = await this.#accountOf(review, provider);
    if (template === null || held === null || text === undefined || account === null) {
      await removeReview(database, review);
      return;
    }
    const name = providerName(template.name, review.version);
    const { language } = review;
    const status = await provider.statusOf(account, { name, language });
    if (!review.submitted) {
      if (status === null)
        await provider.submitTemplate(account, {
          name,
          language,
          category: CATEGORIES[template.category],
          ...submissionOf(providerParts(text, held.variables)),
        });
      await markSubmitted(database, review);
      return;
    }
    const decided = status === null ? undefined : reviewOf(status);
    if (decided === undefined) return;
    await this.#note(review, decided);
    await removeReview(database, review);
  }

  async #note(review: PendingReview, decided: string): Promise<void> {
    const { tenant, templateId: id, version, language } = review;
    const input = { version, language, review: decided };
    await this.#deps.giveCommand({
      tenant,
      category: TEMPLATES,
      command: 'NoteTemplateReview',
      id,
      input,
    });
  }

  async #accountOf({ tenant, senderId }: PendingReview, { tokenOf }: TemplateProvider) {
    const { state } = await this.#deps.pipeline.load(tenant, SENDERS, senderId);
    // safe because the stream of a category has the state of its aggregate
    const sender = state as SenderState;
    if (sender.status === 'unknown' || sender.terms.wabaId === null) return null;
    const token = tokenOf(sender.terms.secretName);
    return token === undefined ? null : { wabaId: sender.terms.wabaId, token };
  }
}

function submissionOf({ header, body, footer }: ProviderParts) {
  const part = ({ text, variables }: ProviderParts['body']): SubmittedPart => ({
    text,
    examples: variables.map(({ example }) => example),
  });
  return { header: header === null ? null : part(header), body: part(body), footer };
}

const CATEGORIES = {
  marketing: 'MARKETING',
  utility: 'UTILITY',
  authentication: 'AUTHENTICATION',
} as const;

async function templateOf(
  pipeline: Pick<Pipeline, 'load'>,
  { tenant, templateId }: { readonly tenant: string; readonly templateId: string },
): Promise<KnownTemplate | null> {
  const { state } = await pipeline.load(tenant, TEMPLATES, templateId);
  // safe because the stream of a category has the state of its aggregate
  const template = state as TemplateState;
  return template.status === 'unknown' ? null : template;
}
