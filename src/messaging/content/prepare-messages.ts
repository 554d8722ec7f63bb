/** Judges claimed messages with the facts of this moment and makes of those that may go what the transport takes. */
import type { TransportContent } from '../../core/message-transport.ts';
import type { Clock } from '../../core/clock.ts';
import {
  fillText,
  judgeSend,
  providerParts,
  SENDERS,
  versionOf,
  type SenderState,
  type Variables,
  type KnownSender,
} from '../../modules/messages/index.ts';
import type { Prepare, Prepared } from '../sending/prepared.ts';
import type { ClaimedMessage, SenderPlace } from '../outbox/outbox-row.ts';
import { markRecipients } from '../outbox/campaign-recipients.ts';
import { readMarketing, type MarketingMark } from '../outbox/marketing.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { ReadModel } from '../../core/read-model.ts';
import type { RowReader } from '../../projections/projections.ts';
import { contentOf, type ContentDependencies, type Wanted } from './message-content.ts';
import {
  factsOf,
  type FactsDependencies,
  type Judgeable,
  type SenderContext,
} from './send-facts.ts';
import { standingInLists, standingInLog, type Standing } from './standing.ts';
import { createUncachedStates } from './state-cache.ts';

export interface PrepareDependencies extends ContentDependencies, FactsDependencies {
  readonly database: Database;
  readonly reader: (model: ReadModel) => Pick<RowReader, 'getMany'>;
  /** Where one click takes the recipient off (RFC 8058); null where no address of the server is known. */
  readonly unsubscribeUrl: (of: {
    readonly tenant: string;
    readonly addressId: string;
    readonly messageId: string;
  }) => string | null;
  /** Fills the places of tokens in a text: secrets of the message, which its stream does not hold. */
  readonly withToken: (of: {
    readonly tenant: string;
    readonly messageId: string;
    readonly text: string;
  }) => string;
  readonly clock: Clock;
}

export function createPrepare(deps: PrepareDependencies): Prepare {
  return async (place, messages) => {
    const sender = await senderOf(deps, place);
    const contents = await Promise.all(
      messages.map(async (message) => ({
        message,
        wanted: await contentOf(deps, place.tenant, message),
      })),
    );
    const gone = contents.flatMap(({ message, wanted }) =>
      wanted === null ? [{ kind: 'drop', message, reason: 'content-gone' } as const] : [],
    );
    const settled = contents.flatMap(({ message, wanted }) =>
      wanted !== null && 'settled' in wanted
        ? [{ kind: 'settled', message, state: wanted.settled } as const]
        : [],
    );
    const wanted = contents.flatMap((each) =>
      each.wanted === null || 'settled' in each.wanted ? [] : each.wanted,
    );
    const marketing = await marketingOf(deps, place, { sender, wanted });
    const { tenant, senderId } = place;
    const at = new Date(deps.clock.nowMs()).toISOString();
    const context = { tenant, senderId, sender, at, marketing };
    const judged = await judge(deps, { place, sender, context }, wanted);
    return [...gone, ...settled, ...(await onceEach(deps, place, judged))];
  };
}

interface Judged {
  readonly each: Judgeable;
  readonly result: Prepared;
}

/**
 * A campaign's by the lists, which had come as far as its start before it was released; others by the log, so that whoever
 * left a moment ago is not written to. Whoever would be dropped is judged again, by the log and nothing that is kept for a moment:
 * a consent, a message or an approval of just now may not be known here yet, and what is dropped is dropped for good.
 */
async function judge(
  deps: PrepareDependencies,
  of: {
    readonly place: SenderPlace;
    readonly sender: KnownSender | null;
    readonly context: Omit<SenderContext, 'standing'>;
  },
  wanted: readonly Wanted[],
): Promise<readonly Judged[]> {
  const judgedBy = async (
    by: Pick<FactsDependencies, 'states'> & { readonly standing: Standing },
    some: readonly Wanted[],
  ): Promise<readonly Judged[]> => {
    const { standing, states } = by;
    const judgeable = await factsOf({ ...deps, states }, { ...of.context, standing }, some);
    return judgeable.map((each) => ({ each, result: prepared(deps, of, each) }));
  };
  const { many = [], single = [] } = Object.groupBy(wanted, ({ message }) =>
    message.campaignId === null ? 'single' : 'many',
  );
  const inLog = standingInLog(deps.pipeline);
  const { states } = deps;
  const first = [
    ...(await judgedBy({ states, standing: standingInLists(deps.reader) }, many)),
    ...(await judgedBy({ states, standing: inLog }, single)),
  ];
  const isDropped = ({ result }: Judged): boolean => result.kind === 'drop';
  const dropped = first.filter(isDropped).map(({ each }) => each.wanted);
  if (dropped.length === 0) return first;
  const again = { states: createUncachedStates(deps.pipeline), standing: inLog };
  return [...first.filter((judged) => !isDropped(judged)), ...(await judgedBy(again, dropped))];
}

/** Of messages of a campaign that may go to one address, one goes. */
async function onceEach(
  { database }: PrepareDependencies,
  place: SenderPlace,
  judged: readonly Judged[],
): Promise<readonly Prepared[]> {
  const marks = judged.flatMap(({ each: { addressId }, result: { kind, message } }) => {
    const { campaignId, messageId } = message;
    const isOne = kind === 'send' && campaignId !== null && addressId !== null;
    return isOne ? [{ campaignId, recipient: addressId, messageId }] : [];
  });
  const first = await markRecipients(database, place, marks);
  const asked = new Set(marks.map(({ messageId }) => messageId));
  return judged.map(({ result }) => {
    const { message } = result;
    const isSecond = asked.has(message.messageId) && !first.has(message.messageId);
    return isSecond ? { kind: 'drop', message, reason: 'same-address' } : result;
  });
}

async function senderOf(
  { states }: PrepareDependencies,
  { tenant, senderId }: SenderPlace,
): Promise<KnownSender | null> {
  // safe because the stream of a category has the state of its aggregate
  const state = (await states.load({ tenant, category: SENDERS, id: senderId })) as SenderState;
  return state.status === 'unknown' ? null : state;
}

/** Only where the sender has caps does anybody count. */
async function marketingOf(
  { database, clock }: PrepareDependencies,
  place: SenderPlace,
  { sender, wanted }: { readonly sender: KnownSender | null; readonly wanted: readonly Wanted[] },
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (sender === null || sender.terms.caps.length === 0) return new Map();
  const marks: readonly MarketingMark[] = wanted
    .filter(({ purpose }) => purpose === 'marketing')
    .map(({ message: { recipient, messageId } }) => ({ recipient, messageId }));
  const hours = Math.max(...sender.terms.caps.map((cap) => cap.hours));
  return readMarketing(database, place, { marks, hours, nowMs: clock.nowMs() });
}

function prepared(
  deps: PrepareDependencies,
  { place, sender }: { readonly place: SenderPlace; readonly sender: KnownSender | null },
  judgeable: Judgeable,
): Prepared {
  const { wanted, facts } = judgeable;
  const { message } = wanted;
  const verdict = judgeSend(facts);
  if (verdict.kind !== 'send') return { ...verdict, message };
  const content = transportContent(judgeable, (text) =>
    deps.withToken({ tenant: place.tenant, messageId: message.messageId, text }),
  );
  const { address, addressId } = judgeable;
  if (content === null || sender === null || address === null || addressId === null)
    return { kind: 'drop', message, reason: 'template-unknown' };
  // The pair's budget was taken for the address as it was when the message was asked for.
  const unsubscribeUrl =
    wanted.purpose === 'marketing'
      ? deps.unsubscribeUrl({ tenant: place.tenant, addressId, messageId: message.messageId })
      : null;
  const outgoing = { messageId: message.messageId, to: address, content, unsubscribeUrl };
  return { kind: 'send', message, from: sender, outgoing };
}

/** Null for a version or language that is not there any more. */
function transportContent(
  { wanted, template, name }: Judgeable,
  withToken: (text: string) => string,
): TransportContent | null {
  if (wanted.template === null) {
    const { text, subject } = wanted;
    return text === null ? null : { kind: 'text', text: withToken(text), subject };
  }
  if (template === null || template.status === 'unknown') return null;
  const { version, language, variables } = wanted.template;
  const held = versionOf(template, version);
  const text = held?.texts.find((each) => each.language === language);
  if (held === null || text === undefined) return null;
  const values = withName(mapped(variables, withToken), name);
  if (wanted.channel === 'whatsapp') {
    const parts = providerParts(text, held.variables);
    const valuesOf = (some: readonly { readonly name: string }[]): readonly string[] =>
      some.map(({ name: key }) => values[key] ?? '');
    return {
      kind: 'template',
      name: providerName(template.name, version),
      language,
      header: valuesOf(parts.header?.variables ?? []),
      parameters: valuesOf(parts.body.variables),
    };
  }
  const { body, subject, footer } = fillText(text, values);
  return { kind: 'text', text: footer === null ? body : `${body}\n\n${footer}`, subject };
}

function mapped(variables: Variables, change: (value: string) => string): Variables {
  return Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, change(value)]));
}

/** A changed text is another template for the provider. */
export function providerName(name: string, version: number): string {
  return version === 1 ? name : `${name}_v${version}`;
}

/** Whoever has no name is greeted without one, which a provider takes only as something visible. */
function withName(variables: Variables, name: string | null): Variables {
  return mapped(variables, (value) => value.replaceAll('{customer.name}', name ?? '-'));
}

export type { ClaimedMessage };
