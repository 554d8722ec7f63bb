/** E-mail and password, then the code when the account has a second factor. */
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { client } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { TextField } from '../../design/fields.tsx';
import { ErrorNote } from '../../design/marks.tsx';
import { useWords } from '../../words/language.ts';
import { takeSession } from '../../session/load-session.ts';
import { words } from './words.ts';

export interface SignInFormProps {
  readonly email?: string | undefined;
  /** Of the business; without it the server's own. */
  readonly tenant?: string | undefined;
  /** Whether the field for another business can be opened. */
  readonly hasBusiness?: boolean | undefined;
}

interface Typed {
  readonly email: string;
  readonly password: string;
  readonly tenant: string;
  readonly code: string;
}

export function SignInForm({
  email = '',
  tenant = '',
  hasBusiness = false,
}: SignInFormProps): ReactElement {
  const t = useWords(words);
  const [typed, setTyped] = useState<Typed>({ email, password: '', tenant, code: '' });
  const [needsCode, setNeedsCode] = useState(false);
  const change = (part: Partial<Typed>): void => setTyped((now) => ({ ...now, ...part }));
  const signIn = useMutation<void, CallFailed>({
    mutationFn: async () =>
      takeSession((await client.call('POST /v1/session', { body: bodyOf(typed) })).body),
    onError: ({ code }) => {
      if (code === 'CODE_REQUIRED') setNeedsCode(true);
    },
  });
  const error = signIn.error?.code === 'CODE_REQUIRED' && typed.code === '' ? null : signIn.error;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (!signIn.isPending) signIn.mutate();
      }}
    >
      {needsCode ? (
        <TextField
          label={t('code')}
          hint={t('code-hint')}
          value={typed.code}
          onChange={(code) => change({ code })}
          autoComplete="one-time-code"
          inputMode="text"
          required
          autoFocus
        />
      ) : (
        <Credentials
          typed={typed}
          onChange={change}
          isKnown={email !== ''}
          hasBusiness={hasBusiness}
        />
      )}
      {error === null ? null : <WhyNot error={error} />}
      <div className="flex gap-2">
        {needsCode ? <Button onClick={() => setNeedsCode(false)}>{t('back')}</Button> : null}
        <Button kind="primary" type="submit" isBusy={signIn.isPending} className="flex-1">
          {t('sign-in')}
        </Button>
      </div>
    </form>
  );
}

function WhyNot({ error }: { readonly error: CallFailed }): ReactElement {
  const t = useWords(words);
  const { status, retryAfterMs } = error;
  return (
    <>
      <ErrorNote
        title={t('wrong-title')}
        meaning={status === 401 ? t('wrong-meaning') : undefined}
        error={error}
      />
      {retryAfterMs === undefined ? null : (
        <p role="status">{t('wait', { count: Math.ceil(retryAfterMs / 1000) })}</p>
      )}
    </>
  );
}

function Credentials({
  typed,
  onChange,
  isKnown,
  hasBusiness,
}: {
  readonly typed: Typed;
  onChange(part: Partial<Typed>): void;
  /** The e-mail is known: only the password is asked for. */
  readonly isKnown: boolean;
  readonly hasBusiness: boolean;
}): ReactElement {
  const t = useWords(words);
  const [isOpen, setOpen] = useState(typed.tenant !== '');
  return (
    <>
      <TextField
        label={t('email')}
        type="email"
        name="email"
        autoComplete="username"
        value={typed.email}
        onChange={(email) => onChange({ email })}
        required
        autoFocus={!isKnown}
      />
      <TextField
        label={t('password')}
        hint={t('forgot-hint')}
        type="password"
        name="password"
        autoComplete="current-password"
        value={typed.password}
        onChange={(password) => onChange({ password })}
        required
        autoFocus={isKnown}
      />
      {hasBusiness && isOpen ? (
        <TextField
          label={t('business')}
          hint={t('business-hint')}
          name="organization"
          value={typed.tenant}
          onChange={(tenant) => onChange({ tenant })}
        />
      ) : null}
      {hasBusiness && !isOpen ? (
        <div>
          <Button size="compact" icon="business" onClick={() => setOpen(true)}>
            {t('another-business')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function bodyOf({ email, password, tenant, code }: Typed): {
  readonly email: string;
  readonly password: string;
  readonly tenant?: string;
  readonly code?: string;
} {
  return {
    email: email.trim(),
    password,
    ...(tenant.trim() === '' ? {} : { tenant: tenant.trim() }),
    ...(code.trim() === '' ? {} : { code: code.trim() }),
  };
}
