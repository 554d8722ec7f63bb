/** Commands that wait for the server, as a note over the screen: what they are, in their order, and what was refused. */
import type { ReactElement } from 'react';
import { useSession } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { Icon } from '../../design/icons.tsx';
import { Moment } from '../../design/texts.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { failureWords } from './failure-words.ts';
import { dropUnsent, send, useOutbox } from './outbox.ts';
import type { UnsentCommand } from './outbox-state.ts';
import { words, type UnsentWord } from './words-unsent.ts';

/** `commands`: those of one order; all that wait when it is left out. */
export function UnsentNote({
  commands,
}: {
  readonly commands?: readonly UnsentCommand[];
}): ReactElement | null {
  const t = useWords(words);
  const outbox = useOutbox();
  const shown = commands ?? outbox.commands;
  if (shown.length === 0) return null;
  return (
    <section aria-live="polite" className="rounded-card border border-brass bg-brass-soft p-3">
      <div className="flex flex-wrap items-center gap-2">
        <Icon name="clock" size={20} className="text-brass-text" />
        <p className="min-w-0 flex-1 basis-48 font-semibold">
          {t('title', { count: shown.length })}
        </p>
        <Button size="compact" icon="refresh" onClick={() => void send()}>
          {t('now')}
        </Button>
      </div>
      <p className="pt-1 text-13">{t('explain')}</p>
      <ol className="flex flex-col gap-1 pt-2">
        {shown.map((command) => (
          <Unsent key={command.key} command={command} />
        ))}
      </ol>
    </section>
  );
}

function Unsent({ command }: { readonly command: UnsentCommand }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { user } = useSession();
  const { label, refusal, by, atMs, key } = command;
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-13">
      <span className="text-muted-on-soft">
        <Moment at={atMs} only="time" />
      </span>
      <span dir="auto" className="line-clamp-2 min-w-0 flex-1 basis-40 break-words">
        {/* safe because labels are made from these keys only */}
        {t(label.key as UnsentWord, label.values)}
      </span>
      {by === user.id ? null : <span className="text-12">{t('of-others')}</span>}
      {refusal === null ? null : (
        <span className="flex items-center gap-1 text-wine">
          <Icon name="warning" />
          {t('refused', { detail: failureWords(refusal, language) })}
        </span>
      )}
      {refusal === null && by === user.id ? null : (
        <Button size="compact" onClick={() => dropUnsent(key)}>
          {t('drop')}
        </Button>
      )}
    </li>
  );
}
