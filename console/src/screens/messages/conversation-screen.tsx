/** One conversation or campaign: what the interface tells of it, its commands and its story. */
import type { ReactElement } from 'react';
import { useWords } from '../../words/language.ts';
import { ThingScreen } from '../lists/thing-screen.tsx';
import { words } from './words.ts';

export function ConversationScreen(): ReactElement {
  const t = useWords(words);
  return (
    <ThingScreen
      category="messages.conversations"
      title={t('conversations')}
      back="/messages"
      titleOf={() => t('conversation')}
    />
  );
}
