/** What takes the demo's messages in place of a provider. Part of the composition root. */
import type { Frame } from './app-frame.ts';
import type { Config } from './config.ts';
import { systemClock } from './core/clock.ts';
import type { Logger } from './core/logger.ts';
import { DEMO_TENANT } from './demo/seed-demo.ts';
import type { Messaging } from './messaging/create-messaging.ts';
import { createGuestAnswers } from './messaging/pretended/guest-answers.ts';
import {
  createPretendedProvider,
  type PretendedProvider,
} from './messaging/pretended/pretended-provider.ts';
import { createPretendedReview, NO_REVIEW } from './messaging/pretended/template-review.ts';
import type { KeptIn } from './messaging/pretended/transport.ts';
import type { TemplateProvider } from './messaging/templates/sync-templates.ts';
import type { OpenSenders } from './messaging/thread/senders.ts';

/**
 * The tenant of that name is the demo's on every installation. Where the demo is switched off nobody takes its messages, and
 * still nothing of it leaves.
 */
export function demoKeptIn({ demo }: Pick<Config, 'demo'>): ReadonlyMap<string, KeptIn> {
  return new Map([[DEMO_TENANT, demo ? 'pretended' : 'refused']]);
}

/** Who reviews templates: `real` those of everybody but the demo. */
export function templatesOf(
  { demo }: Pick<Config, 'demo'>,
  real: TemplateProvider,
): (tenant: string) => TemplateProvider {
  const ofDemo = demo ? createPretendedReview() : NO_REVIEW;
  return (tenant) => (tenant === DEMO_TENANT ? ofDemo : real);
}

export interface DemoPost extends PretendedProvider {
  /** The same senders, whose results of the demo are heard here. */
  listenTo(open: OpenSenders): OpenSenders;
  /** Of a demo that an earlier release made, what sends does not know the senders. */
  begin(): void;
}

/** `messaging`: made afterwards, since it is what listens. */
export function openDemoPost(deps: {
  readonly frame: Pick<Frame, 'pipeline'>;
  readonly logger: Logger;
  readonly messaging: () => Pick<Messaging, 'takeWebhook' | 'takeReport' | 'knowSenders'>;
}): DemoPost {
  const { frame, logger, messaging } = deps;
  const clock = systemClock;
  const provider = createPretendedProvider({
    takeWebhook: (tenant, items) => messaging().takeWebhook(tenant, items),
    takeReport: (tenant, report) => messaging().takeReport(tenant, report),
    guestAnswers: createGuestAnswers({ pipeline: frame.pipeline, clock }),
    clock,
    logger,
  });
  return {
    heard: (told) => provider.heard(told),
    start: () => provider.start(),
    stop: () => provider.stop(),
    begin() {
      messaging()
        .knowSenders(DEMO_TENANT)
        .catch((error: unknown) => {
          logger.warn('senders of the demo are not known to whoever sends', { error });
        });
    },
    listenTo: (open) => (work) =>
      open({
        ...work,
        record(told) {
          work.record(told);
          if (told.sender.tenant === DEMO_TENANT) provider.heard(told);
        },
      }),
  };
}
