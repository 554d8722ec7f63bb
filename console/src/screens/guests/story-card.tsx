/** Everything that happened with a guest, across modules, newest first. */
import type { ReactElement } from 'react';
import { allows, useSession } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { SelectField } from '../../design/fields.tsx';
import { ErrorNote, Skeleton, type Tone } from '../../design/marks.tsx';
import { Card } from '../../design/page.tsx';
import { Timeline } from '../../design/timeline.tsx';
import { useAsOf, useUrlState } from '../../design/url-state.ts';
import { formatMoney, formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { typeInWords } from '../../words/event-words.ts';
import { usePages } from '../lists/use-pages.ts';
import { useTierNames } from '../loyalty/use-tier-names.ts';
import { detailsInWords } from './entry-details.ts';
import type { Entry } from './guest-types.ts';
import { words } from './words-story.ts';
import { words as screenWords } from './words.ts';

const PAGE = 50;
const MODULES = ['orders', 'loyalty', 'reservations', 'customers'] as const;
const TONES: Readonly<Record<string, Tone>> = {
  'orders-paid': 'good',
  'orders-refunded': 'bad',
  'orders-order-cancelled': 'bad',
  'loyalty-points-earned': 'waiting',
  'loyalty-tier-changed': 'waiting',
  'reservations-no-show': 'bad',
  'reservations-cancelled': 'bad',
  'reservations-completed': 'good',
  'reservations-seated': 'good',
  'customers-consent-given': 'good',
  'customers-consent-withdrawn': 'bad',
};

export function StoryCard({ id }: { readonly id: string }): ReactElement | null {
  const t = useWords(words);
  const ts = useWords(screenWords);
  const { at } = useAsOf();
  const { permissions } = useSession();
  const [only, setOnly] = useUrlState('only', '*');
  const isAllowed = allows(permissions, 'guests:read');
  const list = usePages<Entry>(
    'GET /v1/guests/{id}/timeline',
    { to: at ?? undefined },
    { params: { id }, limit: PAGE, enabled: isAllowed },
  );
  const wordsOf = useEntryWords();
  if (!isAllowed) return null;
  const shown = list.rows.filter(({ module }) => only === '*' || module === only);
  return (
    <Card
      title={ts('story')}
      actions={
        <SelectField
          className="w-44"
          label={t('only')}
          isLabelHidden
          value={only}
          onChange={setOnly}
          options={[
            { value: '*', label: t('all') },
            ...MODULES.map((value) => ({ value: String(value), label: t(`only-${value}`) })),
          ]}
        />
      }
    >
      <div className="flex flex-col gap-4">
        {list.error === null ? null : <ErrorNote error={list.error} onRetry={list.readAgain} />}
        {list.isLoading && list.rows.length === 0 ? <Skeleton lines={6} /> : null}
        {!list.isLoading && shown.length === 0 && list.loadMore === undefined ? (
          <p className="text-muted">{t('empty')}</p>
        ) : null}
        <Timeline
          items={shown.map((entry) => ({
            id: entry.id,
            at: entry.at,
            words: wordsOf(entry),
            tone: TONES[keyOf(entry)] ?? 'plain',
            href: hrefOf(entry),
          }))}
        />
        {list.loadMore === undefined ? null : (
          <div>
            <Button isBusy={list.isLoading} onClick={list.loadMore}>
              {t('more')}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}

/** A reservation is one entry that says how it stands. */
function keyOf({ module, kind, details }: Entry): string {
  const status = details['status'];
  return module === 'reservations' && typeof status === 'string'
    ? `reservations-${status}`
    : `${module}-${kind}`;
}

function useEntryWords(): (entry: Entry) => string {
  const t = useWords(words);
  const language = useLanguage();
  const tierName = useTierNames();
  return (entry) => {
    const key = keyOf(entry);
    const values = detailsInWords(entry, tierName);
    // safe because the words have the key
    const text = Object.hasOwn(words.en, key)
      ? t(key as keyof typeof words.en, values)
      : typeInWords(entry.kind);
    const amount = entry.amount === null ? [] : [formatMoney(entry.amount, language)];
    const points =
      entry.points === null
        ? []
        : [
            t('points', { count: entry.points }).replace(
              String(entry.points),
              formatNumber(entry.points, language, { signDisplay: 'exceptZero' }),
            ),
          ];
    return [text.replaceAll(/\{\w+\}/g, '–'), ...amount, ...points].join(' · ');
  };
}

/** Where the stream that says more is shown. */
function hrefOf({ subject }: Entry): string | undefined {
  const [category = '', id = ''] = subject.split('/');
  if (category === 'orders') return `/orders/${id}`;
  if (category === 'reservations') return `/reservations/${id}`;
  if (category === 'loyalty.members') return `/loyalty/${id}`;
  return undefined;
}
