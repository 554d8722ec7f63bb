/** Any JSON value for people: money, moments, lists and things within things. */
import { useMemo, type ReactElement } from 'react';
import { Facts } from '../../design/page.tsx';
import { Moment, Money as MoneyText, Mono } from '../../design/texts.tsx';
import type { Language } from '../../words/define-words.ts';
import { formatMoment, formatNumber, type Money } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { NamingContext, useNaming, type Amounts } from '../../words/names/use-names.ts';
import { moneyOf } from './schema-field.tsx';
import { isObject } from './schema.ts';
import { words } from './words.ts';

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Fields whose numbers are parts of the whole, in hundred-thousandths. */
const RATES: ReadonlySet<string> = new Set(['rate', 'taxRate', 'off']);
const RATE_WHOLE = 100_000;
const RATE_FORMAT = { style: 'percent', maximumFractionDigits: 3 } as const;

export function ValueView({
  value,
  name = '',
  isLine = false,
}: {
  readonly value: unknown;
  readonly name?: string;
  /** Within a row of a table: one line, cut where it does not fit. */
  readonly isLine?: boolean;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { names, within, zone, amounts, called } = useNaming();
  const money = moneyOf(value) ?? minorUnitsOf(value, name, amounts);
  if (money !== null) return <MoneyText value={money} />;
  if (value === null || value === undefined || value === '')
    return <span className="text-muted">–</span>;
  if (typeof value === 'boolean') return <span>{t(value ? 'yes' : 'no')}</span>;
  if (typeof value === 'number') return <span>{numberInWords(value, { name, language })}</span>;
  if (typeof value === 'string') {
    if (MOMENT.test(value)) return <Moment at={value} zone={zone} />;
    if (DATE.test(value)) return <span>{dayInWords(value, language)}</span>;
    const thing = called?.(name, value);
    if (thing !== undefined) return <span dir="auto">{thing}</span>;
    if (ID.test(value) || name.endsWith('Id')) return <Mono>{value}</Mono>;
    const said = names.value(name, value, within) ?? value;
    return isLine ? (
      <span title={said}>{said}</span>
    ) : (
      <span className="break-words whitespace-pre-wrap">{said}</span>
    );
  }
  if (Array.isArray(value)) return <ListView items={value} name={name} />;
  return isObject(value) ? (
    <ObjectView value={value} name={name} />
  ) : (
    <code>{JSON.stringify(value)}</code>
  );
}

/** A number whose field holds minor units of the currency of the place or of the house. */
function minorUnitsOf(value: unknown, name: string, amounts: Amounts | undefined): Money | null {
  return typeof value === 'number' && amounts?.fields.has(name) === true
    ? { amount: value, currency: amounts.currency }
    : null;
}

function ListView({
  items,
  name,
}: {
  readonly items: readonly unknown[];
  readonly name: string;
}): ReactElement {
  if (items.length === 0) return <span className="text-muted">–</span>;
  if (items.every((item) => !isObject(item) && !Array.isArray(item)))
    return (
      <ul className="flex flex-wrap gap-x-3 gap-y-1">
        {items.map((item, at) => (
          <li key={`${String(at)}-${String(item)}`} className="min-w-0">
            <ValueView value={item} name={name} />
          </li>
        ))}
      </ul>
    );
  return (
    <ol className="flex flex-col gap-2">
      {items.map((item, at) => (
        <li key={String(at)} className="min-w-0 rounded-control border border-line p-2">
          <ValueView value={item} name={name} />
        </li>
      ))}
    </ol>
  );
}

export function ObjectView({
  value,
  name = '',
}: {
  readonly value: Readonly<Record<string, unknown>>;
  readonly name?: string;
}): ReactElement {
  const naming = useNaming();
  const inside = useMemo(
    () => ({
      ...naming,
      within: name === '' ? naming.within : [name, ...naming.within],
      amounts: amountsIn(value, naming.amounts),
    }),
    [naming, name, value],
  );
  const fields = Object.entries(value).filter(([, each]) => each !== undefined);
  if (fields.length === 0) return <span className="text-muted">–</span>;
  return (
    <NamingContext value={inside}>
      <Facts
        facts={fields.map(([field, each]) => [
          inside.names.field(field, inside.within),
          <ValueView key={field} value={each} name={field} />,
        ])}
      />
    </NamingContext>
  );
}

/** What stands beside the currency of its own is in that one. */
function amountsIn(
  { currency }: Readonly<Record<string, unknown>>,
  amounts: Amounts | undefined,
): Amounts | undefined {
  return amounts === undefined || typeof currency !== 'string' || currency === amounts.currency
    ? amounts
    : { ...amounts, currency };
}

function dayInWords(day: string, language: Language): string {
  return formatMoment(`${day}T12:00:00Z`, language, { dateStyle: 'medium', timeZone: 'UTC' });
}

const WEEKDAYS: ReadonlySet<string> = new Set(['weekday', 'days']);
/** The first of January 2024 was a Monday, which ISO 8601 counts as day 1. */
const MONDAY_MS = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;

function numberInWords(
  value: number,
  { name, language }: { readonly name: string; readonly language: Language },
): string {
  if (RATES.has(name)) return formatNumber(value / RATE_WHOLE, language, RATE_FORMAT);
  if (WEEKDAYS.has(name) && value >= 1 && value <= 7)
    return formatMoment(MONDAY_MS + (value - 1) * DAY_MS, language, {
      weekday: 'long',
      timeZone: 'UTC',
    });
  return formatNumber(value, language, { maximumFractionDigits: 6 });
}
