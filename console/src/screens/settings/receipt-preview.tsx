/** What receipts will say above and below the lines of an order. */
import type { ReactElement } from 'react';
import { Card } from '../../design/page.tsx';
import { useWords } from '../../words/language.ts';
import { addressOf } from './address.ts';
import type { ProfileValue } from './profile-value.ts';
import { words } from './profile-words.ts';
import { linesOf } from './receipt-lines.ts';

export function ReceiptPreview({ value }: { readonly value: ProfileValue }): ReactElement {
  const t = useWords(words);
  const { legalName, tradeName, taxId } = value;
  const address = addressOf(value.address);
  const names = [tradeName, tradeName.trim() === legalName.trim() ? '' : legalName];
  const place =
    address === null
      ? []
      : [...address.lines, `${address.postalCode ?? ''} ${address.city}`.trim()];
  const above = [...names, ...place, taxId].filter((line) => line.trim() !== '');
  return (
    <Card title={t('preview')}>
      <div className="mx-auto flex max-w-72 flex-col gap-3 border-x border-line bg-ground px-4 py-5 text-center font-mono text-12">
        <Lines lines={[...above, ...linesOf(value.header)]} isFirstStrong />
        <div className="border-y border-dashed border-control py-3 text-muted">
          {t('preview-lines')}
        </div>
        <Lines lines={[...linesOf(value.footer), t('not-fiscal')]} />
      </div>
    </Card>
  );
}

function Lines({
  lines,
  isFirstStrong = false,
}: {
  readonly lines: readonly string[];
  readonly isFirstStrong?: boolean;
}): ReactElement {
  return (
    <div className="flex flex-col">
      {lines.map((line, at) => (
        <span
          // Lines may be alike.
          key={String(at)}
          dir="auto"
          className={isFirstStrong && at === 0 ? 'text-14 font-semibold' : 'min-h-4 break-words'}
        >
          {line}
        </span>
      ))}
    </div>
  );
}
