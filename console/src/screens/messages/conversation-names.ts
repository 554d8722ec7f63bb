/** How a conversation and what has no words are called, and what is read again after an answer. */
import type { Speak } from '../../words/language.ts';
import type { ConversationRow } from './conversation-types.ts';
import { words } from './words-conversations.ts';

export const REPLY_AGAIN = [
  'GET /v1/messages/conversations',
  'GET /v1/messages/conversations/{id}',
  'GET /v1/messages',
] as const;

export type Say = Speak<keyof typeof words.en>;

/** The name, else the address; of whom neither is left, that they were erased. */
export function whoOf(
  { name, address }: Pick<ConversationRow, 'name' | 'address'>,
  t: Say,
): string {
  return name ?? address ?? t('erased');
}

/** What stands for a message that has no words, or whose words were erased. */
export function kindOf(kind: string, t: Say): string {
  if (kind === 'template') return t('template');
  const key = `kind-${kind}`;
  // safe because the words have the key
  return Object.hasOwn(words.en, key) ? t(key as 'kind-image') : t('kind-other');
}
