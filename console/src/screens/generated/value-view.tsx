/** Any JSON value for people: money, moments, lists and things within things. */
import type { ReactElement } from 'react';
import { Facts } from '../../design/page.tsx';
import { Moment, Money, Mono } from '../../design/texts.tsx';
import { formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { moneyOf } from './schema-field.tsx';
import { isObject, labelOf } from './schema.ts';
import { words } from './words.ts';

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function ValueView({
  value,
  name = '',
}: {
  readonly value: unknown;
  readonly name?: string;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const money = moneyOf(value);
  if (money !== null) return <Money value={money} />;
  if (value === null || value === undefined || value === '')
    return <span className="text-muted">–</span>;
  if (typeof value === 'boolean') return <span>{t(value ? 'yes' : 'no')}</span>;
  if (typeof value === 'number')
    return <span>{formatNumber(value, language, { maximumFractionDigits: 6 })}</span>;
  if (typeof value === 'string') {
    if (MOMENT.test(value)) return <Moment at={value} />;
    if (ID.test(value) || name.endsWith('Id')) return <Mono>{value}</Mono>;
    return <span className="break-words whitespace-pre-wrap">{value}</span>;
  }
  if (Array.isArray(value)) return <ListView items={value} name={name} />;
  return isObject(value) ? <ObjectView value={value} /> : <code>{JSON.stringify(value)}</code>;
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
          <ValueView value={item} />
        </li>
      ))}
    </ol>
  );
}

export function ObjectView({
  value,
}: {
  readonly value: Readonly<Record<string, unknown>>;
}): ReactElement {
  const fields = Object.entries(value).filter(([, each]) => each !== undefined);
  if (fields.length === 0) return <span className="text-muted">–</span>;
  return (
    <Facts
      facts={fields.map(([name, each]) => [
        labelOf(name),
        <ValueView key={name} value={each} name={name} />,
      ])}
    />
  );
}
