/** Ways that end in this process: a provider that is only pretended, and nobody at all. Nothing of them touches the network. */
import { setTimeout as pause } from 'node:timers/promises';
import type { SendResult } from '../../core/message-transport.ts';
import type { SendThrough, Way } from '../channels.ts';

/** How messages of a tenant are kept in the process. */
export type KeptIn = 'pretended' | 'refused';

/** As long as an answer of a provider takes. */
const ANSWER_MS = 60;

const REFUSED: SendResult = {
  kind: 'refused',
  error: {
    class: 'sender',
    code: 'kept-in',
    detail: 'Nothing of this business leaves the installation.',
  },
  retryAfterMs: null,
};

/** Takes whatever a real provider of the channel would; what follows is told by pretended-provider.ts. */
const pretend: SendThrough = async ({ terms: { channel } }, { messageId }) => {
  if (channel === 'sms') return REFUSED;
  await pause(ANSWER_MS);
  return { kind: 'accepted', providerId: `pretended.${messageId}` };
};

const refuse: SendThrough = () => Promise.resolve(REFUSED);

export function wayWithin(kept: KeptIn): Way {
  return { send: kept === 'pretended' ? pretend : refuse, hasRoom: () => true };
}
