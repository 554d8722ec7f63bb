/** What a conversation allows at a glance: free text for how long, a template only, or nothing. */
import type { ReactElement } from 'react';
import { Badge } from '../../design/marks.tsx';
import { useNow } from '../../design/texts.tsx';
import { formatNumber } from '../../words/format.ts';
import type { Language } from '../../words/define-words.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { windowLeftMs, type ConversationRow } from './conversation-types.ts';
import { words } from './words-conversations.ts';

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
/** From then on whoever wants to answer freely should do so now. */
const SOON_MINUTES = 120;
const REWRITE_MS = 30_000;

type Of = Pick<ConversationRow, 'channel' | 'lastInboundAt' | 'optedOut' | 'status'>;

/** Milliseconds in which free text is allowed, kept current; null where the channel has no window. */
export function useWindowLeft(of: Pick<Of, 'channel' | 'lastInboundAt'>): number | null {
  const nowMs = useNow(of.channel === 'whatsapp' ? REWRITE_MS : null);
  return windowLeftMs(of, nowMs);
}

export function WindowMark({ of }: { readonly of: Of }): ReactElement | null {
  const t = useWords(words);
  const language = useLanguage();
  const leftMs = useWindowLeft(of);
  return (
    <>
      {of.optedOut ? (
        <Badge tone="bad" icon="bell-off">
          {t('opted-out')}
        </Badge>
      ) : null}
      {of.status === 'closed' ? <Badge icon="archive">{t('closed')}</Badge> : null}
      {leftMs === null || of.status === 'closed' || of.optedOut ? null : leftMs === 0 ? (
        <Badge icon="lock">{t('template-only')}</Badge>
      ) : (
        <Badge tone={leftMs < SOON_MINUTES * MINUTE_MS ? 'waiting' : 'plain'} icon="clock">
          {t('free-for', { time: timeLeft(leftMs, language) })}
        </Badge>
      )}
    </>
  );
}

/** "23 h", "1 h 20 min", "5 min": as exact as it matters. */
function timeLeft(leftMs: number, language: Language): string {
  const minutes = Math.max(1, Math.floor(leftMs / MINUTE_MS));
  const whole = Math.floor(minutes / HOUR_MINUTES);
  const of = (value: number, unit: string): string =>
    formatNumber(value, language, { style: 'unit', unit, unitDisplay: 'short' });
  if (minutes >= 2 * SOON_MINUTES) return of(whole, 'hour');
  const rest = minutes % HOUR_MINUTES;
  return [whole === 0 ? '' : of(whole, 'hour'), rest === 0 ? '' : of(rest, 'minute')]
    .filter((part) => part !== '')
    .join(' ');
}
