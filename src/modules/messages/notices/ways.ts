/** Which of the ways of a use a message about something takes: the first whose sender, template and address are there. Pure. */
import type { StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { textFor } from '../rules/fill-template.ts';
import { consultsOf, requestedEvent, type RequestedEvent, type Wanted } from '../request.ts';
import { SENDERS, type SenderState } from '../senders/state.ts';
import type { Way } from '../settings/settings.ts';
import type { Channel, Variables } from '../shapes.ts';
import { TEMPLATES, versionFor, type TemplateState } from '../templates/state.ts';

export type NotSentReason = 'no-template' | 'no-address' | 'no-consent' | 'variables-missing';

/** What a message is about, and whom it goes to: only to addresses that came with the thing itself, or the customer's. */
export interface Occasion {
  readonly messageId: string;
  readonly personId: string;
  readonly customerId: string | null;
  readonly leadId: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  /** Null where nobody knows: then that of the sender. */
  readonly language: string | null;
  /** Everything that templates of the use may say. */
  values(language: string): Variables;
  readonly rest: NonNullable<Wanted['rest']>;
  /** Why a channel will not do; null where it does. */
  refuses(channel: Channel): NotSentReason | null;
}

export function waysConsulted(ways: readonly Way[]): readonly StreamReference[] {
  return ways.flatMap(({ senderId, templateId: id }) =>
    consultsOf({ senderId, to: {}, template: { id } }),
  );
}

export function requestBy(
  ways: readonly Way[],
  occasion: Occasion,
  around: Surroundings,
): RequestedEvent | NotSentReason {
  let reason: NotSentReason = 'no-template';
  for (const way of ways) {
    const tried = requestByWay(way, occasion, around);
    if (typeof tried !== 'string') return tried;
    if (tried !== 'no-template') reason = tried;
  }
  return reason;
}

function requestByWay(
  { senderId, templateId }: Way,
  occasion: Occasion,
  around: Surroundings,
): RequestedEvent | NotSentReason {
  // safe because the streams are ones of their categories
  const sender = around.stateOf({ category: SENDERS, id: senderId }) as SenderState;
  // safe as above
  const template = around.stateOf({ category: TEMPLATES, id: templateId }) as TemplateState;
  if (sender.status === 'unknown' || template.status !== 'active') return 'no-template';
  const { channel } = sender.terms;
  const refused = occasion.refuses(channel);
  if (refused !== null) return refused;
  const address = channel === 'email' ? occasion.email : occasion.phone;
  if (address === null) return 'no-address';
  const { messageId, personId, customerId, leadId, rest } = occasion;
  const language = occasion.language ?? sender.terms.language;
  const { texts, variables } = versionFor(template, language);
  const values = occasion.values(language);
  const event = requestedEvent(
    {
      messageId,
      personId,
      channel,
      senderId,
      to: channel === 'email' ? { email: address } : { phone: address },
      template: {
        id: templateId,
        language: textFor(texts, language)?.language ?? language,
        variables: Object.fromEntries(
          variables.flatMap(({ name }) => {
            const value = values[name];
            return value === undefined ? [] : [[name, value]];
          }),
        ),
      },
      purpose: 'transactional',
      rest,
    },
    around,
  );
  if ('outcome' in event)
    return event.code === 'MESSAGE_VARIABLES_MISSING' ? 'variables-missing' : 'no-template';
  // The person was looked up with the thing: a customer who is merged or archived since is still told of a booking.
  return { ...event, data: { ...event.data, to: { customerId, leadId, address } } };
}
