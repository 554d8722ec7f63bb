import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { ErrorNote } from '../../design/marks.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { LinkNote } from './link-note.tsx';
import { RolesForm, type RoleChoice } from './roles-form.tsx';
import { words } from './words.ts';

/** Each language is named in itself. */
export const LANGUAGE_OPTIONS = [
  { value: 'en', label: 'English' },
  { value: 'pl', label: 'Polski' },
  { value: 'pt-BR', label: 'Português' },
] as const;

export function InviteDialog({ onClose }: { onClose(): void }): ReactElement {
  const t = useWords(words);
  const invite = useInvite();
  return (
    <Dialog title={t('invite')} isOpen onClose={onClose}>
      {invite.data === undefined ? (
        <InviteForm invite={invite} onClose={onClose} />
      ) : (
        <LinkNote link={invite.data.link} />
      )}
    </Dialog>
  );
}

/** The inviter's own, as people are stored with it. */
function useOwnLanguage(): string {
  const own = useLanguage();
  return own === 'pt' ? 'pt-BR' : own;
}

function useInvite() {
  return useCommand('POST /v1/access/users', { again: ['GET /v1/access/users'] });
}

function InviteForm({
  invite,
  onClose,
}: {
  readonly invite: ReturnType<typeof useInvite>;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [language, setLanguage] = useState(useOwnLanguage());
  const [roles, setRoles] = useState<readonly RoleChoice[]>([]);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (!invite.isPending)
          invite.mutate({ body: { name: name.trim(), email: email.trim(), language, roles } });
      }}
    >
      <p className="text-muted">{t('invite-hint')}</p>
      <TextField
        label={t('name')}
        value={name}
        onChange={setName}
        maxLength={100}
        required
        autoFocus
      />
      <TextField
        label={t('email')}
        type="email"
        value={email}
        onChange={setEmail}
        maxLength={254}
        required
      />
      <SelectField
        label={t('language')}
        value={language}
        onChange={setLanguage}
        options={LANGUAGE_OPTIONS}
      />
      <RolesForm value={roles} onChange={setRoles} />
      {invite.error === null ? null : <ErrorNote error={invite.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button
          kind="primary"
          type="submit"
          isBusy={invite.isPending}
          disabled={roles.length === 0}
        >
          {t('invite')}
        </Button>
      </div>
    </form>
  );
}
