/** `/link#token`: an invitation or a reset sets the password. The token stays behind the # and never reaches a log. */
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { client } from '../../api/api.ts';
import { Button, LinkButton } from '../../design/buttons.tsx';
import { TextField } from '../../design/fields.tsx';
import { EmptyState, ErrorNote } from '../../design/marks.tsx';
import { useWords } from '../../words/language.ts';
import { Front } from './front.tsx';
import { words } from './words.ts';

const TOKEN = /^cl_[\w-]{22}$/;

export function LinkScreen(): ReactElement {
  const t = useWords(words);
  const [token] = useState(() => location.hash.slice(1));
  if (!TOKEN.test(token))
    return (
      <Front title={t('link-none')}>
        <EmptyState
          title={t('link-none')}
          text={t('link-none-text')}
          icon="link"
          action={<LinkButton to="/">{t('to-sign-in')}</LinkButton>}
        />
      </Front>
    );
  return (
    <Front title={t('link-title')} text={t('link-text')}>
      <PasswordForm token={token} />
    </Front>
  );
}

function PasswordForm({ token }: { readonly token: string }): ReactElement {
  const t = useWords(words);
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [isTried, setTried] = useState(false);
  const use = useMutation<{ readonly tenant: string }, CallFailed>({
    mutationFn: async () =>
      (await client.call('POST /v1/session/links', { body: { token, password } })).body,
  });
  const isSame = password === repeated;
  if (use.data !== undefined)
    return (
      <div className="flex flex-col gap-4">
        <p role="status">{t('link-done')}</p>
        <LinkButton kind="primary" to="/" search={{ tenant: use.data.tenant }}>
          {t('to-sign-in')}
        </LinkButton>
      </div>
    );
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(submit) => {
        submit.preventDefault();
        setTried(true);
        if (isSame && !use.isPending) use.mutate();
      }}
    >
      <TextField
        label={t('new-password')}
        hint={t('new-password-hint')}
        type="password"
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
        required
        autoFocus
      />
      <TextField
        label={t('repeat')}
        error={isTried && !isSame ? t('repeat-differs') : null}
        type="password"
        autoComplete="new-password"
        value={repeated}
        onChange={setRepeated}
        required
      />
      {use.error === null ? null : <ErrorNote error={use.error} />}
      <Button kind="primary" type="submit" isBusy={use.isPending}>
        {t('set-password')}
      </Button>
    </form>
  );
}
