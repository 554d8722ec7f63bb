/**
 * Sends a link by e-mail, through the messages of the house: its first open sender of e-mail writes it. The message has a
 * place for the token (links/sent-token.ts), so whoever reads messages cannot open the link.
 */
import type { Logger } from '../core/logger.ts';
import { waitForLists, type ListsDependencies } from '../http/modules/read-your-writes.ts';
import { senderList } from '../modules/messages/index.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Projections } from '../projections/projections.ts';
import { visitorOf } from './give-command.ts';
import { languageOf } from './language.ts';
import { LINK_MINUTES } from './links/links.ts';
import type { LinkToSend } from './public-services.ts';
import { WORDS } from './words/index.ts';
import { filled } from './words/words.ts';

/** Before what is not waited for. */
const PRIORITY = 8;
/** Of a message. */
const SUBJECT_LENGTH_MAX = 200;

export interface SendLinkDependencies {
  readonly pipeline: Pipeline;
  readonly projections: Pick<Projections, 'reader' | 'waitFor'>;
  readonly log: ListsDependencies['log'];
  /** Where the server is reached from outside, without a slash at its end; undefined where nobody said so. */
  readonly publicUrl: string | undefined;
  readonly logger: Logger;
}

/**
 * Nothing is sent without an address of the server and a sender of e-mail; the log says so, without saying to whom.
 * Errors: those of the pipeline, WAIT_TIMEOUT.
 */
export function createSendLink(deps: SendLinkDependencies): (link: LinkToSend) => Promise<void> {
  const { pipeline, publicUrl, logger } = deps;
  return async (link) => {
    const senderId = await senderOf(deps, link.tenant);
    if (senderId === null || publicUrl === undefined) {
      const missing = publicUrl === undefined ? 'public address' : 'sender of e-mail';
      logger.warn(`a link to own data was not sent: there is no ${missing}`);
      return;
    }
    const words = WORDS[languageOf({ chosen: link.language, accepted: undefined, house: [] })].me;
    const values = { house: link.house, url: publicUrl + link.path, minutes: LINK_MINUTES.me };
    const answer = await pipeline.handle({
      principal: visitorOf(link.tenant, 'me', ['messages:send']),
      category: 'messages',
      command: 'RequestMessage',
      id: link.messageId,
      input: {
        channel: 'email',
        senderId,
        to: {
          email: link.email,
          ...(link.customerId === null ? {} : { customerId: link.customerId }),
        },
        subject: filled(words.mailSubject, { house: link.house }).slice(0, SUBJECT_LENGTH_MAX),
        text: filled(words.mailText, values),
        purpose: 'transactional',
        priority: PRIORITY,
        // The link is over within the hour.
        awaited: true,
        expiresAt: link.expiresAt,
      },
    });
    if (answer.status === 'refused')
      logger.warn('a link to own data was refused as a message', { code: answer.code });
  };
}

/** One that was added a moment ago counts: nobody asks for the link again. */
async function senderOf(deps: SendLinkDependencies, tenant: string): Promise<string | null> {
  const listed = await senderListed(deps, tenant);
  if (listed !== null) return listed;
  await waitForLists(deps, tenant, [senderList]);
  return senderListed(deps, tenant);
}

async function senderListed({ projections }: SendLinkDependencies, tenant: string) {
  const { items } = await projections
    .reader(senderList)
    .list({ tenant, filters: { channel: 'email', status: 'open' }, limit: 1 });
  return items[0]?.key ?? null;
}
