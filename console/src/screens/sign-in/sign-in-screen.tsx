/** Before anybody is signed in: by password, or on an enrolled device by PIN. */
import { useState, type ReactElement } from 'react';
import { deviceKey } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { useUrlSearch } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { DEMO_TENANT } from '../../session/demo-tenant.ts';
import { DemoPeople, isOnThisComputer } from '../demo/demo-people.tsx';
import { Front } from './front.tsx';
import { PinPanel } from './pin-panel.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { words } from './words.ts';

export function SignInScreen(): ReactElement {
  const t = useWords(words);
  const { tenant = '' } = useUrlSearch();
  const [email, setEmail] = useState('');
  const hasDevice = deviceKey() !== null;
  const [way, setWay] = useState<'pin' | 'password'>(hasDevice ? 'pin' : 'password');
  if (way === 'pin')
    return (
      <Front title={t('who-title')} isWide>
        <div className="flex flex-col gap-5">
          <PinPanel />
          <div className="border-t border-line pt-4">
            <Button icon="key" onClick={() => setWay('password')}>
              {t('with-password')}
            </Button>
          </div>
        </div>
      </Front>
    );
  return (
    <Front title={t('sign-in')} text={tenant === DEMO_TENANT ? t('demo-text') : undefined}>
      <SignInForm key={email} email={email} tenant={tenant} hasBusiness />
      {tenant === DEMO_TENANT && isOnThisComputer(location.hostname) ? (
        <DemoPeople onChoose={setEmail} />
      ) : null}
      {hasDevice ? (
        <div className="mt-4 border-t border-line pt-4">
          <Button icon="switch" onClick={() => setWay('pin')}>
            {t('with-pin')}
          </Button>
        </div>
      ) : null}
    </Front>
  );
}
