/** Your own account: name and language, password, PIN, second factor, where you are signed in. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { useSession } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { ErrorNote } from '../../design/marks.tsx';
import { Card, Page } from '../../design/page.tsx';
import { toast } from '../../design/toasts.tsx';
import { chooseLanguage, useWords } from '../../words/language.ts';
import { LANGUAGES } from '../../words/define-words.ts';
import { changeSession } from './change-session.ts';
import { LANGUAGE_OPTIONS } from './invite-dialog.tsx';
import { SecondFactor } from './second-factor.tsx';
import { SessionList } from './sessions-tab.tsx';
import { words } from './profile-words.ts';

export function ProfileScreen(): ReactElement {
  const t = useWords(words);
  const { user } = useSession();
  return (
    <Page title={t('profile')}>
      <div className="grid max-w-5xl grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <Card title={user.email}>
          <NameForm />
        </Card>
        <Card title={t('factor')}>
          <SecondFactor />
        </Card>
        <Card title={t('change-password')}>
          <PasswordForm />
        </Card>
        <Card title={t('set-pin')}>
          <PinForm />
        </Card>
        <Card title={t('own-sessions')} className="lg:col-span-2">
          <SessionList />
        </Card>
      </div>
    </Page>
  );
}

function NameForm(): ReactElement {
  const t = useWords(words);
  const { user } = useSession();
  const [name, setName] = useState(user.name);
  const [language, setLanguage] = useState(user.language);
  const change = useCommand('PUT /v1/access/me');
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (change.isPending) return;
        change.mutate(
          { body: { name: name.trim(), language } },
          {
            onSuccess: (saved) => {
              changeSession({ user: { name: saved.name, language: saved.language } });
              const own = LANGUAGES.find((each) => saved.language.startsWith(each));
              if (own !== undefined) chooseLanguage(own);
              toast(t('saved'));
            },
          },
        );
      }}
    >
      <TextField label={t('your-name')} value={name} onChange={setName} maxLength={100} required />
      <SelectField
        label={t('language')}
        value={language}
        onChange={setLanguage}
        options={LANGUAGE_OPTIONS}
      />
      {change.error === null ? null : <ErrorNote error={change.error} />}
      <div>
        <Button kind="primary" type="submit" isBusy={change.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

function PasswordForm(): ReactElement {
  const t = useWords(words);
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const change = useCommand('PUT /v1/access/me/password', { again: ['GET /v1/access/sessions'] });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (change.isPending) return;
        change.mutate(
          { body: { current, password } },
          {
            onSuccess: ({ csrf }) => {
              changeSession({ csrf });
              setCurrent('');
              setPassword('');
              toast(t('saved'));
            },
          },
        );
      }}
    >
      <TextField
        label={t('present-password')}
        type="password"
        autoComplete="current-password"
        value={current}
        onChange={setCurrent}
        required
      />
      <TextField
        label={t('new-password')}
        hint={t('new-password-hint')}
        type="password"
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
        required
      />
      {change.error === null ? null : <ErrorNote error={change.error} />}
      <div>
        <Button type="submit" isBusy={change.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

function PinForm(): ReactElement {
  const t = useWords(words);
  const { user } = useSession();
  const [password, setPassword] = useState('');
  const [pin, setPin] = useState('');
  const change = useCommand('PUT /v1/access/me/pin');
  const save = (next: string | null): void => {
    if (change.isPending) return;
    change.mutate(
      { body: { password, pin: next } },
      {
        onSuccess: () => {
          changeSession({ user: { hasPin: next !== null } });
          for (const clear of [setPassword, setPin]) clear('');
          toast(t('saved'));
        },
      },
    );
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(submit) => {
        submit.preventDefault();
        save(pin);
      }}
    >
      <TextField
        label={t('present-password')}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        required
      />
      <TextField
        label={t('pin')}
        hint={t('pin-hint')}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={6}
        value={pin}
        onChange={setPin}
        required
      />
      {change.error === null ? null : <ErrorNote error={change.error} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" isBusy={change.isPending} disabled={!/^\d{4,6}$/.test(pin)}>
          {t('save')}
        </Button>
        {user.hasPin ? (
          <Button icon="trash" disabled={password === ''} onClick={() => save(null)}>
            {t('pin-remove')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
