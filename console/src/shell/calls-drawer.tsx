/** The calls that this tab made, at the foot: what each screen does can be done from a command line. */
import { useState, type ReactElement } from 'react';
import { curlOf } from '../../../src/client/client.ts';
import { type DoneCall } from '../../../src/client/call-types.ts';
import { useCalls } from '../api/calls.ts';
import { IconButton } from '../design/buttons.tsx';
import { CopyButton } from '../design/marks.tsx';
import { formatNumber } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { classes } from '../design/classes.ts';
import { words } from './words.ts';

export function CallsDrawer({ onClose }: { onClose(): void }): ReactElement {
  const t = useWords(words);
  const calls = useCalls();
  const [isTall, setTall] = useState(false);
  return (
    <section
      aria-label={t('calls')}
      className={classes(
        'flex shrink-0 flex-col border-t border-line bg-raised',
        isTall ? 'h-[60vh]' : 'h-52',
      )}
    >
      <header className="flex items-center gap-2 border-b border-line py-1 pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate text-13">{t('calls')}</h2>
        <IconButton
          size="compact"
          icon={isTall ? 'chevron-down' : 'chevron-up'}
          label={t('calls-size')}
          onClick={() => setTall(!isTall)}
        />
        <IconButton size="compact" icon="close" label={t('calls-close')} onClick={onClose} />
      </header>
      {calls.length === 0 ? (
        <p className="p-4 text-muted">{t('calls-empty')}</p>
      ) : (
        <ol className="min-h-0 flex-1 overflow-y-auto">
          {calls.map((call) => (
            <CallLine key={call.traceId} call={call} />
          ))}
        </ol>
      )}
    </section>
  );
}

function CallLine({ call }: { readonly call: DoneCall }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { method, path, status, ms, traceId } = call;
  return (
    <li className="flex min-w-0 items-center gap-3 border-b border-line py-0.5 pr-2 pl-4 font-mono text-12">
      <span
        className={classes(
          'w-24 shrink-0',
          status === 0 || status >= 400 ? 'text-wine' : 'text-brand',
        )}
      >
        {status === 0 ? t('calls-none-answer') : status} {method}
      </span>
      <code title={path} className="min-w-0 flex-1 truncate">
        {path}
      </code>
      <span className="w-16 shrink-0 text-right text-muted max-sm:hidden">
        {formatNumber(ms, language, { maximumFractionDigits: 0 })} ms
      </span>
      <span title={traceId} className="hidden w-24 shrink-0 truncate text-muted lg:block">
        {traceId}
      </span>
      <CopyButton text={curlOf(call, location.origin)} label={t('calls-copy')} />
      <CopyButton text={traceId} label={t('calls-trace')} />
    </li>
  );
}
