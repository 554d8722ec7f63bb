/** The receipt as it goes on paper of 42 columns; printed alone by the browser. */
import { useState, type ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField } from '../../design/fields.tsx';
import { Skeleton } from '../../design/marks.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { FailureNote } from './failure-note.tsx';
import { billNumber } from './order-types.ts';
import type { OrderDialogProps } from './pay-dialog.tsx';
import { printText } from './print-text.ts';
import { words } from './words-pay.ts';

/** Languages that receipts are written in, by their own names. */
const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'pl', label: 'Polski' },
  { value: 'pt', label: 'Português' },
] as const;
type ReceiptLanguage = (typeof LANGUAGES)[number]['value'];

export function ReceiptDialog({
  order,
  onClose,
}: Pick<OrderDialogProps, 'onClose'> & {
  readonly order: { readonly id: string; readonly number: number; readonly part: number };
}): ReactElement {
  const t = useWords(words);
  const reader = useLanguage();
  const [language, setLanguage] = useState<ReceiptLanguage>(reader);
  const { data, error, isPending } = useRead('GET /v1/orders/{id}/receipt.txt', {
    params: { id: order.id },
    query: { language },
  });
  const text = typeof data === 'string' ? data : '';
  const title = t('receipt-title', { number: billNumber(order) });
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('close')}</Button>
          <Button
            kind="primary"
            icon="print"
            disabled={text === ''}
            onClick={() => printText({ text, title })}
          >
            {t('print')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <SelectField
          className="w-40"
          label={t('language')}
          value={language}
          onChange={setLanguage}
          options={LANGUAGES}
        />
        {isPending ? <Skeleton lines={8} /> : null}
        <FailureNote error={error} />
        {text === '' ? null : (
          <div className="overflow-x-auto rounded-card bg-sunken p-4">
            <pre
              dir="auto"
              className="mx-auto w-fit border border-line bg-raised px-4 py-5 text-12 leading-snug"
            >
              {text}
            </pre>
          </div>
        )}
      </div>
    </Dialog>
  );
}
