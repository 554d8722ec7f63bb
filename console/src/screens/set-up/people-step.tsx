import { useState, type ReactElement } from 'react';
import { Button, LinkButton } from '../../design/buttons.tsx';
import { useWords } from '../../words/language.ts';
import { InviteDialog } from '../access/invite-dialog.tsx';
import { words } from './words.ts';

export function PeopleStep(): ReactElement {
  const t = useWords(words);
  const [isInviting, setInviting] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{t('people-text')}</p>
      <div className="flex flex-wrap gap-2">
        <Button icon="person-add" onClick={() => setInviting(true)}>
          {t('invite')}
        </Button>
        <LinkButton kind="primary" to="/floor" icon="arrow-right">
          {t('finish')}
        </LinkButton>
      </div>
      {isInviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </div>
  );
}
