/** Products with their usual price and, beside it, the one of this list. Empty: the usual one. */
import { useState, type ReactElement } from 'react';
import { SearchField } from '../../design/fields.tsx';
import { MoneyField } from '../../design/number-fields.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { hasWords } from '../guests/search.ts';
import type { PriceListValue } from './price-list-value.ts';
import { pricedOf, type Priced } from './priced.ts';
import { words } from './prices-words.ts';
import type { Catalog, House } from './use-catalog.ts';

/** More fields than that are not read through but searched. */
const SHOWN_MAX = 60;

export function PriceFields(props: {
  readonly value: PriceListValue['prices'];
  readonly house: House;
  readonly catalog: Catalog;
  onChange(value: PriceListValue['prices']): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { value, house, catalog, onChange } = props;
  const [typed, setTyped] = useState('');
  // Those that have a price already come first, as they were when the form was opened: nothing jumps while it is typed.
  const [first] = useState(() => new Set(Object.keys(value)));
  const all = pricedOf(catalog, language);
  const found = all
    .filter(({ name, section }) => typed.trim() === '' || hasWords([name, section], typed))
    .toSorted((a, b) => Number(first.has(b.key)) - Number(first.has(a.key)));
  const known = new Set(all.map(({ key }) => key));
  const others = Object.keys(value).filter((key) => !known.has(key)).length;
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="pb-1 text-13 font-medium">{t('prices')}</legend>
      <p className="text-12 text-muted">{t('prices-hint')}</p>
      <SearchField className="sm:w-72" label={t('search')} value={typed} onChange={setTyped} />
      <div className="flex flex-col">
        <div aria-hidden="true" className="flex gap-3 border-b border-line pb-1 text-12 text-muted">
          <span className="min-w-0 flex-1">{t('product')}</span>
          <span className="w-24 text-right">{t('usual')}</span>
          <span className="w-36">{t('here')}</span>
        </div>
        <ul className="flex flex-col">
          {found.slice(0, SHOWN_MAX).map((priced) => (
            <PriceLine
              key={priced.key}
              priced={priced}
              currency={house.currency}
              value={value[priced.key] ?? null}
              onChange={(price) => onChange(withPrice(value, priced.key, price))}
            />
          ))}
        </ul>
      </div>
      {found.length > SHOWN_MAX ? (
        <p className="text-13 text-muted">{t('more', { count: found.length - SHOWN_MAX })}</p>
      ) : null}
      {others === 0 ? null : <p className="text-13 text-muted">{t('others', { count: others })}</p>}
    </fieldset>
  );
}

function withPrice(
  prices: PriceListValue['prices'],
  key: string,
  price: number | null,
): PriceListValue['prices'] {
  const { [key]: _before, ...others } = prices;
  return price === null ? others : { ...others, [key]: price };
}

function PriceLine(props: {
  readonly priced: Priced;
  readonly currency: string;
  readonly value: number | null;
  onChange(price: number | null): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { priced, currency, value, onChange } = props;
  return (
    <li className="flex items-center gap-3 border-b border-line py-1.5">
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate">
          {priced.name}
        </span>
        <span className="block truncate text-12 text-muted">{priced.section}</span>
      </span>
      <span className="w-24 text-right text-muted">
        {formatMoney({ amount: priced.price, currency }, language)}
      </span>
      <MoneyField
        className="w-36"
        label={`${priced.name}: ${t('here')}`}
        isLabelHidden
        currency={currency}
        value={value === null ? null : { amount: value, currency }}
        onChange={(money) => onChange(money?.amount ?? null)}
      />
    </li>
  );
}
