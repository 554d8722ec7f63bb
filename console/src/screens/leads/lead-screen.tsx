/** One lead with its commands and its story. */
import type { ReactElement } from 'react';
import { useWords } from '../../words/language.ts';
import { ThingScreen } from '../lists/thing-screen.tsx';
import { SessionAnswers } from './session-answers.tsx';
import { words } from './words.ts';

export function LeadScreen(): ReactElement {
  const t = useWords(words);
  return (
    <ThingScreen
      category="leads"
      title={t('title')}
      back="/leads"
      titleOf={({ name }) => (typeof name === 'string' ? name : t('no-name'))}
      above={(_id, { sessionId }) =>
        typeof sessionId === 'string' ? <SessionAnswers sessionId={sessionId} /> : null
      }
    />
  );
}
