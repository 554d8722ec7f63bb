/**
 * What an error of the WhatsApp Cloud API means for the queue, by its code: titles change, codes stay. Sources: error codes
 * page of the Cloud API (May 2026); 131049, 131050 and 80007 by what providers write about them.
 */
import type { TransportError, TransportErrorClass } from '../../core/message-transport.ts';

const CLASSES: ReadonlyMap<number, readonly [TransportErrorClass, string]> = new Map([
  [130429, ['slow-down', 'The number sends faster than it may.']],
  [4, ['slow-down', 'The application calls more often than it may.']],
  [80007, ['slow-down', 'The account calls more often than it may.']],
  [131056, ['pair', 'Too many messages to this recipient in a short time.']],
  [131057, ['sender', 'The account is in maintenance.']],
  [190, ['sender', 'The access token is not valid.']],
  [10, ['sender', 'The application lacks a permission.']],
  [131005, ['sender', 'The application lacks a permission.']],
  [131000, ['retry', 'Something went wrong at the provider.']],
  [131016, ['retry', 'The provider is overloaded.']],
  [1, ['retry', 'Unknown error at the provider.']],
  [2, ['retry', 'The provider is down.']],
  [131048, ['campaign', 'Too many messages of this number were reported as spam.']],
  [132015, ['campaign', 'The template was paused for its quality.']],
  [132016, ['campaign', 'The template was disabled for its quality.']],
  [368, ['campaign', 'The account is restricted.']],
  [131031, ['campaign', 'The account is locked.']],
  [131042, ['campaign', 'There is a problem with the payment.']],
  [131026, ['recipient', 'The message cannot be delivered to this recipient.']],
  [
    131047,
    [
      'recipient',
      'The last message of the person is more than a day old: only a template may be sent.',
    ],
  ],
  [131021, ['recipient', 'Sender and recipient are the same.']],
  [131030, ['recipient', 'The recipient is not on the list of allowed ones.']],
  [130472, ['recipient', 'The recipient is part of an experiment.']],
  [131050, ['opted-out', 'The person stopped marketing messages.']],
  [131049, ['next-day', 'The person had enough marketing messages today.']],
]);
const PERMISSION_CODES = { from: 200, to: 299 };

/** `status`: of the HTTP answer, for errors whose code says nothing. */
export function classifyError(code: number | null, status: number): TransportError {
  const known = code === null ? undefined : CLASSES.get(code);
  const name = code === null ? `http-${status}` : String(code);
  if (known !== undefined) return { class: known[0], code: name, detail: known[1] };
  if (code !== null && code >= PERMISSION_CODES.from && code <= PERMISSION_CODES.to)
    return { class: 'sender', code: name, detail: 'The application lacks a permission.' };
  if (status === 429)
    return { class: 'slow-down', code: name, detail: 'The provider asks for fewer requests.' };
  if (status === 401)
    return { class: 'sender', code: name, detail: 'The access token is not valid.' };
  if (status >= 500)
    return { class: 'retry', code: name, detail: 'The provider could not answer.' };
  return { class: 'content', code: name, detail: 'The provider refused the content.' };
}
