/** Who can sign in to the demo on the computer of the server. Their password is not known here. */
import type { ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { useWords } from '../../words/language.ts';
import { words as roleWords } from '../access/role-words.ts';
import { words } from './words.ts';

const PEOPLE = [
  ['owner', 'demo@localhost'],
  ['manager', 'manager@localhost'],
  ['staff', 'staff@localhost'],
  ['kitchen', 'kitchen@localhost'],
  ['marketing', 'marketing@localhost'],
  ['auditor', 'auditor@localhost'],
  ['engineer', 'engineer@localhost'],
] as const;

/** Where others can reach the server, nobody of the demo has a password that is known. */
export function isOnThisComputer(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

export function DemoPeople({ onChoose }: { onChoose(email: string): void }): ReactElement {
  const t = useWords(words);
  const role = useWords(roleWords);
  return (
    <section className="mt-4 flex flex-col gap-2 border-t border-line pt-4">
      <h2 className="text-14">{t('people')}</h2>
      <p className="text-13 text-muted">{t('people-text')}</p>
      <div className="flex flex-wrap gap-2">
        {PEOPLE.map(([id, email]) => (
          <Button key={id} size="compact" title={email} onClick={() => onChoose(email)}>
            {role(id)}
          </Button>
        ))}
      </div>
    </section>
  );
}
