/** A one-time link, shown once for the person who hands it on. */
import type { ReactElement } from 'react';
import { CopyButton } from '../../design/marks.tsx';
import { formatMoment } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { words } from './words.ts';

export interface OneTimeLink {
  readonly token: string;
  readonly expiresAt: string;
}

export function LinkNote({ link }: { readonly link: OneTimeLink }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  // Behind the # it is not sent to any server and stands in no log.
  const address = `${location.origin}/link#${link.token}`;
  return (
    <div role="status" className="flex flex-col gap-2">
      <p className="font-medium">{t('invite-done')}</p>
      <div className="flex items-center gap-2 rounded-control border border-line bg-sunken py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 text-12 break-all">{address}</code>
        <CopyButton text={address} />
      </div>
      <p className="text-12 text-muted">
        {t('link-hint', { moment: formatMoment(link.expiresAt, language) })}
      </p>
    </div>
  );
}

/** A secret that is shown once. */
export function SecretNote({
  title,
  hint,
  secret,
}: {
  readonly title: string;
  readonly hint: string;
  readonly secret: string;
}): ReactElement {
  return (
    <div role="status" className="flex flex-col gap-2">
      <p className="font-medium">{title}</p>
      <div className="flex items-center gap-2 rounded-control border border-line bg-sunken py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 text-12 break-all">{secret}</code>
        <CopyButton text={secret} />
      </div>
      <p className="text-12 text-muted">{hint}</p>
    </div>
  );
}
