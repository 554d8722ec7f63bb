/** Small signs of state, numbers as heroes, and what stands in for content that is not there. */
import { useState, type ReactElement, type ReactNode } from 'react';
import { Button, IconButton } from './buttons.tsx';
import { classes } from './classes.ts';
import { FieldFaults, hasFieldFaults } from './field-faults.tsx';
import { Icon, type IconName } from './icons.tsx';
import { words } from './words.ts';
import type { CallFailed } from '../../../src/client/client.ts';
import { useWords } from '../words/language.ts';
import { useProblem } from '../words/problems/use-problem.ts';

export type Tone = 'good' | 'waiting' | 'bad' | 'info' | 'plain';

const TONES: Readonly<Record<Tone, readonly [look: string, icon: IconName | null]>> = {
  good: ['bg-brand-soft text-brand', 'check'],
  waiting: ['bg-brass-soft text-brass-text', 'clock'],
  bad: ['bg-wine-soft text-wine', 'warning'],
  info: ['bg-blue-soft text-blue', 'info'],
  plain: ['bg-sunken text-muted', null],
};

export interface BadgeProps {
  readonly tone?: Tone | undefined;
  /** Instead of the tone's own. */
  readonly icon?: IconName | undefined;
  readonly children: ReactNode;
}

/** Never colour alone: the icon and the word say the same. */
export function Badge({ tone = 'plain', icon, children }: BadgeProps): ReactElement {
  const [look, own] = TONES[tone];
  const name = icon ?? own;
  return (
    <span
      className={classes(
        'inline-flex max-w-full items-center gap-1 rounded-full px-2 py-0.5 text-12 font-medium',
        look,
      )}
    >
      {name === null ? null : <Icon name={name} size={12} />}
      <span className="min-w-0 truncate">{children}</span>
    </span>
  );
}

export interface FigureProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly unit?: string | undefined;
  /** "12 % more than last Friday", or any second line. */
  readonly trend?: ReactNode;
  readonly tone?: Tone | undefined;
  /** A small chart or a link below. */
  readonly children?: ReactNode;
}

export function Figure({
  label,
  value,
  unit,
  trend,
  tone = 'plain',
  children,
}: FigureProps): ReactElement {
  const colour = tone === 'plain' ? 'text-ink' : (TONES[tone][0].split(' ')[1] ?? 'text-ink');
  return (
    <div className="flex min-w-0 flex-col gap-1 rounded-card border border-line bg-raised p-4">
      <p className="line-clamp-2 text-13 break-words text-muted">{label}</p>
      <p className={classes('truncate text-28 leading-tight font-semibold', colour)}>
        {value}
        {unit === undefined ? null : (
          <span className="ml-1 text-14 font-normal text-muted">{unit}</span>
        )}
      </p>
      {trend === undefined || trend === null ? null : (
        <div className="text-12 text-muted">{trend}</div>
      )}
      {children}
    </div>
  );
}

export interface EmptyStateProps {
  readonly title: string;
  readonly text: string;
  readonly icon?: IconName | undefined;
  /** The one next step: a Button or LinkButton. */
  readonly action?: ReactNode;
  /** The command line that does the same. */
  readonly command?: string | undefined;
}

export function EmptyState({ title, text, icon, action, command }: EmptyStateProps): ReactElement {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-3 px-4 py-12 text-center">
      {icon === undefined ? <Ledger /> : <Icon name={icon} size={32} className="text-muted" />}
      <h2 className="text-16">{title}</h2>
      <p className="text-muted">{text}</p>
      {action}
      {command === undefined ? null : <CommandLine command={command} />}
    </div>
  );
}

/** Three ticks over a counter: the mark of the house, as decoration. */
function Ledger(): ReactElement {
  return (
    <svg
      viewBox="0 0 48 32"
      aria-hidden="true"
      className="h-8 w-12 text-brass"
      stroke="currentColor"
      strokeWidth="2.5"
      strokeLinecap="round"
    >
      <path d="M4 26h40M14 18V8M24 18V4M34 18v-7" />
    </svg>
  );
}

export function CommandLine({ command }: { readonly command: string }): ReactElement {
  const t = useWords(words);
  return (
    <div className="flex w-full max-w-full items-center gap-2 rounded-control border border-line bg-sunken py-1 pr-1 pl-3 text-left">
      <span className="sr-only">{t('command-line')}</span>
      <code className="min-w-0 flex-1 truncate text-12">{command}</code>
      <CopyButton text={command} />
    </div>
  );
}

/** Copies a text; says for a moment that it did. */
export function CopyButton({
  text,
  label,
}: {
  readonly text: string;
  readonly label?: string;
}): ReactElement {
  const t = useWords(words);
  const [isCopied, setCopied] = useState(false);
  return (
    <IconButton
      size="compact"
      icon={isCopied ? 'check' : 'copy'}
      label={isCopied ? t('copied') : (label ?? t('copy'))}
      onClick={() => {
        void navigator.clipboard.writeText(text).then(() => {
          setCopied(true);
          setTimeout(() => setCopied(false), COPIED_MS);
        });
      }}
    />
  );
}

/** Long enough to be seen, short enough not to be taken for the state of things. */
const COPIED_MS = 1500;

export interface ErrorNoteProps {
  readonly error: CallFailed | Error;
  readonly onRetry?: (() => void) | undefined;
  readonly title?: string | undefined;
  /** What it means here, where the code's own sentence says something else. */
  readonly meaning?: string | undefined;
}

/** Codes that stand for many faults: what the server says names the one. */
const TELLING: ReadonlySet<string> = new Set([
  'INPUT_INVALID',
  'EVENT_INVALID',
  'SCHEMA_VIOLATION',
  'INTERNAL',
]);

/** What happened, what was kept and what to do; code and trace id small. */
export function ErrorNote({ error, onRetry, title, meaning }: ErrorNoteProps): ReactElement {
  const t = useWords(words);
  const failed = 'code' in error ? error : null;
  const isUnreachable = failed !== null && 'status' in failed && failed.status === 0;
  const detail = failed !== null && 'detail' in failed ? failed.detail : error.message;
  const traceId = failed !== null && 'traceId' in failed ? failed.traceId : null;
  const usual = useProblem(failed?.code);
  const said = meaning ?? usual;
  // Not an error: the bar above the screen tells how far the copy is, and reads the list when it is there.
  if (failed?.code === 'AS_OF_NOT_BUILT')
    return <p className="p-3 text-muted">{t('as-of-preparing')}</p>;
  return (
    <div role="alert" className="flex gap-3 rounded-card border border-wine bg-wine-soft p-3">
      <Icon name="error" size={20} className="text-wine" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="font-semibold">{title ?? t('error-title')}</p>
        <p className="break-words">{isUnreachable ? t('error-unreachable') : (said ?? detail)}</p>
        {said !== undefined && failed !== null && TELLING.has(failed.code) ? (
          <Telling errors={'errors' in failed ? failed.errors : []} detail={detail} />
        ) : null}
        {isUnreachable ? null : <p className="text-13">{t('error-kept')}</p>}
        {failed === null ? null : (
          <p className="font-mono text-12 break-all text-muted-on-soft">
            {[
              t('error-code', { code: failed.code }),
              traceId ? t('error-trace', { trace: traceId }) : null,
            ]
              .filter((each) => each !== null)
              .join(' · ')}
          </p>
        )}
        {onRetry === undefined ? null : (
          <div className="pt-1">
            <Button size="compact" icon="refresh" onClick={onRetry}>
              {t('retry')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

/** The single fields in the reader's language where that is possible, else what the server says of all. */
function Telling({
  errors,
  detail,
}: {
  readonly errors: CallFailed['errors'];
  readonly detail: string;
}): ReactElement {
  if (hasFieldFaults(errors)) return <FieldFaults errors={errors} />;
  return <p className="text-13 break-words">{detail}</p>;
}

export interface SkeletonProps {
  /** How many lines are expected. */
  readonly lines?: number | undefined;
  readonly className?: string | undefined;
}

export function Skeleton({ lines = 3, className }: SkeletonProps): ReactElement {
  const t = useWords(words);
  return (
    <div
      role="status"
      aria-label={t('loading')}
      className={classes('flex flex-col gap-2', className)}
    >
      {Array.from({ length: lines }, (_, at) => (
        <div
          key={at}
          aria-hidden="true"
          className="h-5 animate-pulse rounded-control bg-sunken even:w-4/5"
        />
      ))}
    </div>
  );
}
