/** Moments, money, ids and documents as text. */
import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { classes } from './classes.ts';
import { differencesOf } from './differences.ts';
import { words } from './words.ts';
import { CopyButton } from './marks.tsx';
import {
  formatMoment,
  formatMoney,
  formatRelative,
  zoneLabel,
  type Money as MoneyValue,
} from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.ts';

export interface MomentProps {
  /** ISO 8601 or milliseconds. */
  readonly at: string | number | null | undefined;
  /** The zone of the place it is about (IANA); it is named when it is not the reader's. */
  readonly zone?: string | undefined;
  /** "3 minutes ago", kept current. */
  readonly relative?: boolean | undefined;
  /** Only the day, or only the time. */
  readonly only?: 'date' | 'time' | undefined;
}

/** How often a relative moment is written again. */
const REWRITE_MS = 20_000;

export function Moment({ at, zone, relative = false, only }: MomentProps): ReactElement {
  const language = useLanguage();
  const nowMs = useNow(relative ? REWRITE_MS : null);
  if (at === null || at === undefined || Number.isNaN(new Date(at).getTime()))
    return <span>–</span>;
  const zoned = zone === undefined ? {} : { timeZone: zone };
  const parts: Intl.DateTimeFormatOptions = {
    ...(only === 'time' ? {} : { dateStyle: 'medium' }),
    ...(only === 'date' ? {} : { timeStyle: 'short' }),
    ...zoned,
  };
  const full = formatMoment(at, language, { dateStyle: 'full', timeStyle: 'long', ...zoned });
  const text = formatMoment(at, language, parts);
  const place =
    zone !== undefined && zone !== zoneHere() && only !== 'date'
      ? ` ${zone.split('/').at(-1) ?? ''}`
      : '';
  return (
    <time dateTime={new Date(at).toISOString()} title={full} className="whitespace-nowrap">
      {relative
        ? formatRelative(new Date(at).getTime(), nowMs, language)
        : `${text}${zoneLabel(place)}`}
    </time>
  );
}

let knownZone: string | undefined;

/** Of the browser, asked once: asking costs more than all other work of a moment. */
function zoneHere(): string {
  knownZone ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return knownZone;
}

/** The clock of the screen: the moment now, written again every `everyMs`; null reads it once. */
export function useNow(everyMs: number | null): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    if (everyMs === null) return undefined;
    const timer = setInterval(() => setNowMs(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return nowMs;
}

export function Money({ value }: { readonly value: MoneyValue | null | undefined }): ReactElement {
  const language = useLanguage();
  return (
    <span className="whitespace-nowrap">
      {value === null || value === undefined ? '–' : formatMoney(value, language)}
    </span>
  );
}

/** An id: short where there is little room, whole in its title. */
export function Mono({
  children,
  copy = false,
}: {
  readonly children: ReactNode;
  readonly copy?: boolean;
}): ReactElement {
  const text = typeof children === 'string' ? children : undefined;
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1 align-bottom">
      <code title={text} className="min-w-0 truncate text-[0.925em]">
        {children}
      </code>
      {copy && text !== undefined ? <CopyButton text={text} /> : null}
    </span>
  );
}

export interface JsonViewProps {
  readonly value: unknown;
  /** Rows before it scrolls inside itself. */
  readonly isTall?: boolean | undefined;
}

export function JsonView({ value, isTall }: JsonViewProps): ReactElement {
  return <JsonText text={JSON.stringify(value, null, 2) ?? 'null'} isTall={isTall} />;
}

/** JSON as it is written: numbers keep every digit. Script in it is text here as everywhere. */
export function JsonText({
  text,
  isTall = false,
}: Pick<JsonViewProps, 'isTall'> & { readonly text: string }): ReactElement {
  return (
    <div className="relative min-w-0 rounded-control border border-line bg-sunken">
      <div className="absolute top-1 right-1">
        <CopyButton text={text} />
      </div>
      <pre
        // Keyboards scroll it, so it takes the focus.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className={classes('overflow-auto p-3 pr-10 text-12', isTall ? 'max-h-[70vh]' : 'max-h-96')}
      >
        {text}
      </pre>
    </div>
  );
}

export interface DiffViewProps {
  readonly before: unknown;
  readonly after: unknown;
}

/** Fields that differ between two values, each with what it was and what it is. */
export function DiffView({ before, after }: DiffViewProps): ReactElement {
  const t = useWords(words);
  const differences = differencesOf(before, after);
  if (differences.length === 0) return <p className="text-muted">{t('no-change')}</p>;
  return (
    <div className="min-w-0 overflow-hidden rounded-control border border-line">
      <table className="w-full border-collapse text-13 [overflow-wrap:anywhere]">
        <thead className="text-left text-12 text-muted">
          <tr className="border-b border-line">
            <th className="px-3 py-1.5 font-medium">
              <span className="sr-only">{t('changed')}</span>
            </th>
            <th className="px-3 py-1.5 font-medium">{t('before')}</th>
            <th className="px-3 py-1.5 font-medium">{t('after')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ path, was, is }) => (
            <tr key={path} className="border-b border-line align-top last:border-0">
              <th scope="row" className="px-3 py-1.5 text-left font-mono text-12 font-normal">
                {path}
              </th>
              <td className="px-3 py-1.5 font-mono text-12 text-wine">
                {was === undefined ? (
                  <span className="text-muted">– {t('added')}</span>
                ) : (
                  <del>{JSON.stringify(was)}</del>
                )}
              </td>
              <td className="px-3 py-1.5 font-mono text-12 text-brand">
                {is === undefined ? (
                  <span className="text-muted">– {t('removed')}</span>
                ) : (
                  JSON.stringify(is)
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
