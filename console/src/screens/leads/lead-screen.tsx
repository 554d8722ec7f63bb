/** One lead: how far it is and what is to be done, what it answered, what is known of it, and its story. */
import type { ReactElement } from 'react';
import { useWords } from '../../words/language.ts';
import { ThingScreen } from '../lists/thing-screen.tsx';
import { shaped } from '../order/order-types.ts';
import { LeadFacts, LeadHead, type LeadView } from './lead-head.tsx';
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
      above={(id, state) => (
        <>
          <LeadHead lead={{ ...shaped<LeadView>(state), id }} />
          {typeof state['sessionId'] === 'string' ? (
            <SessionAnswers sessionId={state['sessionId']} />
          ) : null}
        </>
      )}
      view={(state) => <LeadFacts lead={shaped<LeadView>(state)} />}
    />
  );
}
