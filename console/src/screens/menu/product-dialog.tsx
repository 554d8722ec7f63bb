/** Adds a product or changes one. When two people edit one product, both values are shown and nothing is overwritten unseen. */
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { client, useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { toast } from '../../design/toasts.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { Conflict } from '../lists/conflict.tsx';
import { FailureNote } from '../order/failure-note.tsx';
import { shaped } from '../order/order-types.ts';
import { textIn, type Product } from './menu-types.ts';
import { ProductFields } from './product-fields.tsx';
import { bodyOf, changesOf, filled, NONE, valueOf, type ProductValue } from './product-value.ts';
import type { Catalog, House } from './use-catalog.ts';
import { words } from './words.ts';

type Seen = Product & { readonly version: number };

const PRECONDITION_FAILED = 412;
const AGAIN = [
  'GET /v1/catalog/products',
  'GET /v1/catalog/products/{id}',
  'GET /v1/catalog/products/{id}/history',
] as const;

export interface ProductDialogProps {
  readonly product: Seen | null;
  readonly house: House;
  readonly catalog: Catalog;
  onClose(): void;
}

function useProductForm({ product, house, onClose }: ProductDialogProps) {
  const t = useWords(words);
  const navigate = useNavigate();
  // What the person began with: others may change the product while it is open.
  const [seen] = useState(product);
  const first = { taxClass: house.taxClasses[0] ?? 'standard', categoryId: NONE };
  const [value, setValue] = useState<ProductValue>(() => valueOf(seen, first));
  const [newest, setNewest] = useState<Seen | null>(null);
  const add = useCommand('POST /v1/catalog/products', { again: AGAIN });
  const change = useCommand('POST /v1/catalog/products/{id}/change', { again: AGAIN });
  const done = (id: string | null): void => {
    toast(t('saved'));
    onClose();
    if (id !== null) void navigate({ to: `/menu/${encodeURIComponent(id)}` });
  };
  const give = (ifMatch: number | undefined): void => {
    if (seen === null) {
      const { description, ...body } = bodyOf(value);
      const described = Object.keys(description).length === 0 ? {} : { description };
      add.mutate({ body: { ...body, ...described } }, { onSuccess: ({ id }) => done(id) });
      return;
    }
    const body = changesOf(value, valueOf(seen, first));
    if (Object.keys(body).length === 0) {
      onClose();
      return;
    }
    change.mutate(
      { params: { id: seen.id }, ifMatch, body },
      {
        onSuccess: () => done(null),
        onError: ({ status }) => {
          if (status !== PRECONDITION_FAILED) return;
          void client
            .call('GET /v1/catalog/products/{id}', { params: { id: seen.id } })
            .then(({ body: now }) => setNewest(shaped<Seen>(now)));
        },
      },
    );
  };
  const error = add.error ?? change.error;
  return {
    seen,
    first,
    value,
    setValue,
    newest,
    give,
    isBusy: add.isPending || change.isPending,
    error,
  };
}

export function ProductDialog(props: ProductDialogProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { house, catalog, onClose } = props;
  const { seen, first, value, setValue, newest, give, isBusy, error } = useProductForm(props);
  const hasPrice = value.price !== null || value.variants.length > 0;
  return (
    <Dialog
      title={seen === null ? t('product-new') : textIn(seen.name, language)}
      size="wide"
      isOpen
      onClose={onClose}
      footer={
        <Button
          kind="primary"
          isBusy={isBusy}
          disabled={Object.keys(filled(value.name)).length === 0 || !hasPrice}
          onClick={() => give(seen?.version)}
        >
          {t('save')}
        </Button>
      }
    >
      <div className="flex flex-col gap-5">
        <ProductFields value={value} onChange={setValue} house={house} catalog={catalog} />
        {error?.status === PRECONDITION_FAILED && newest !== null ? (
          <Conflict
            before={valueOf(seen, first)}
            after={valueOf(newest, first)}
            onAgain={() => give(newest.version)}
          />
        ) : (
          <FailureNote error={error} />
        )}
      </div>
    </Dialog>
  );
}
