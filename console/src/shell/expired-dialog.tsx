/** Over a screen whose session ended: the same person signs in and goes on; somebody else starts anew. */
import type { ReactElement } from 'react';
import { deviceKey, useSession } from '../api/session.ts';
import { queries } from '../api/api.ts';
import { Button } from '../design/buttons.tsx';
import { Dialog } from '../design/dialogs.tsx';
import { PinPanel } from '../screens/sign-in/pin-panel.tsx';
import { SignInForm } from '../screens/sign-in/sign-in-form.tsx';
import { sessionGone } from '../session/load-session.ts';
import { useWords } from '../words/language.ts';
import { words } from './words.ts';

export function ExpiredDialog(): ReactElement {
  const t = useWords(words);
  const last = useSession();
  const leave = (): void => {
    queries.clear();
    sessionGone();
  };
  return (
    <Dialog title={t('expired-title')} isOpen onClose={() => undefined} isFirm size="small">
      <div className="flex flex-col gap-4">
        <p className="text-muted">{t('expired-text')}</p>
        {deviceKey() === null || last.deviceId === null ? (
          <SignInForm email={last.user.email} tenant={last.tenant} />
        ) : (
          <PinPanel personId={last.user.id} />
        )}
        <div className="border-t border-line pt-3">
          <Button size="compact" icon="switch" onClick={leave}>
            {t('someone-else')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
