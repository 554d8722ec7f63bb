/**
 * The second factor of one's own account.
 *
 *   off --password--> secret shown --first code--> on, recovery codes shown once
 *   on --password--> off, or ten new recovery codes
 */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { useSession } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { TextField } from '../../design/fields.tsx';
import { Badge, CopyButton, ErrorNote } from '../../design/marks.tsx';
import { useWords } from '../../words/language.ts';
import { changeSession } from './change-session.ts';
import { QrPicture } from './qr-picture.tsx';
import { words } from './profile-words.ts';

type Step = 'begin' | 'renew' | 'remove';

export function SecondFactor(): ReactElement {
  const t = useWords(words);
  const { user } = useSession();
  const [step, setStep] = useState<Step | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const finish = (made: {
    readonly csrf: string;
    readonly recoveryCodes?: readonly string[];
  }): void => {
    const hasTotp = step !== 'remove';
    changeSession({ csrf: made.csrf, user: { hasTotp } });
    setCodes(made.recoveryCodes ?? null);
    setStep(null);
  };
  return (
    <div className="flex flex-col gap-4">
      <p className="flex items-center gap-2">
        <Badge tone={user.hasTotp ? 'good' : 'waiting'}>{t(user.hasTotp ? 'yes' : 'no')}</Badge>
        <span className="min-w-0">{t(user.hasTotp ? 'totp-on' : 'totp-off')}</span>
      </p>
      {codes === null ? null : <RecoveryCodes codes={codes} />}
      {step === null ? (
        <div className="flex flex-wrap gap-2">
          {user.hasTotp ? (
            <>
              <Button onClick={() => setStep('renew')}>{t('recovery-renew')}</Button>
              <Button onClick={() => setStep('remove')}>{t('totp-remove')}</Button>
            </>
          ) : (
            <Button kind="primary" icon="key" onClick={() => setStep('begin')}>
              {t('totp-begin')}
            </Button>
          )}
        </div>
      ) : step === 'begin' ? (
        <Begin onDone={finish} onCancel={() => setStep(null)} />
      ) : (
        <Change key={step} step={step} onDone={finish} onCancel={() => setStep(null)} />
      )}
    </div>
  );
}

interface StepProps {
  onDone(made: { readonly csrf: string; readonly recoveryCodes?: readonly string[] }): void;
  onCancel(): void;
}

function Begin({ onDone, onCancel }: StepProps): ReactElement {
  const t = useWords(words);
  const [code, setCode] = useState('');
  const begin = useCommand('POST /v1/access/me/totp');
  const confirm = useCommand('POST /v1/access/me/totp/confirm', {
    again: ['GET /v1/access/sessions'],
  });
  if (begin.data === undefined)
    return (
      <PasswordStep
        isBusy={begin.isPending}
        error={begin.error}
        onPassword={(password) => begin.mutate({ body: { password } })}
        onCancel={onCancel}
      />
    );
  const { secret, uri } = begin.data;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (!confirm.isPending)
          confirm.mutate({ body: { code: code.trim() } }, { onSuccess: onDone });
      }}
    >
      <p>{t('totp-scan')}</p>
      <QrPicture text={uri} label={t('totp-scan')} />
      <div className="flex items-center gap-2">
        <span className="text-13 text-muted">{t('totp-secret')}</span>
        <code className="min-w-0 break-all">{secret}</code>
        <CopyButton text={secret} />
      </div>
      <TextField
        label={t('totp-code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        value={code}
        onChange={setCode}
        required
        autoFocus
      />
      {confirm.error === null ? null : <ErrorNote error={confirm.error} />}
      <div className="flex gap-2">
        <Button kind="primary" type="submit" isBusy={confirm.isPending}>
          {t('totp-confirm')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </form>
  );
}

function Change({
  step,
  onDone,
  onCancel,
}: StepProps & { readonly step: 'renew' | 'remove' }): ReactElement {
  const renew = useCommand('POST /v1/access/me/totp/recovery-codes');
  const remove = useCommand('POST /v1/access/me/totp/remove', {
    again: ['GET /v1/access/sessions'],
  });
  return (
    <PasswordStep
      isBusy={renew.isPending || remove.isPending}
      error={renew.error ?? remove.error}
      onCancel={onCancel}
      onPassword={(password) => {
        if (step === 'renew') renew.mutate({ body: { password } }, { onSuccess: onDone });
        else remove.mutate({ body: { password } }, { onSuccess: onDone });
      }}
    />
  );
}

function PasswordStep({
  isBusy,
  error,
  onPassword,
  onCancel,
}: {
  readonly isBusy: boolean;
  readonly error: Error | null;
  onPassword(password: string): void;
  onCancel(): void;
}): ReactElement {
  const t = useWords(words);
  const [password, setPassword] = useState('');
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (!isBusy) onPassword(password);
      }}
    >
      <p className="font-medium">{t('confirm-first')}</p>
      <TextField
        label={t('present-password')}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        required
        autoFocus
      />
      {error === null ? null : <ErrorNote error={error} />}
      <div className="flex gap-2">
        <Button kind="primary" type="submit" isBusy={isBusy}>
          {t('continue')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </form>
  );
}

function RecoveryCodes({ codes }: { readonly codes: readonly string[] }): ReactElement {
  const t = useWords(words);
  return (
    <div
      role="status"
      className="flex flex-col gap-2 rounded-control border border-brass bg-brass-soft p-3"
    >
      <div className="flex items-center gap-2">
        <p className="min-w-0 flex-1 font-semibold">{t('recovery-title')}</p>
        <CopyButton text={codes.join('\n')} />
      </div>
      <p className="text-13">{t('recovery-hint')}</p>
      <ul className="grid grid-cols-2 gap-x-4 font-mono">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </div>
  );
}
