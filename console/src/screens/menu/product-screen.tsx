/** One product: what it is and was, its pictures and recipe, and its story with the slider over it. */
import { useState, type ReactElement } from 'react';
import { useCommand, useRead } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { ConfirmDialog } from '../../design/dialogs.tsx';
import { TextField } from '../../design/fields.tsx';
import { Badge } from '../../design/marks.tsx';
import { Page } from '../../design/page.tsx';
import { toast } from '../../design/toasts.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { GeneratedDetail } from '../generated/generated-detail.tsx';
import { useLimits } from '../lists/use-limits.ts';
import { followUp } from '../lists/follow-up.ts';
import { ThingFrame, type ThingShown } from '../lists/thing-frame.tsx';
import { FailureNote } from '../order/failure-note.tsx';
import { shaped } from '../order/order-types.ts';
import { ChoosePictures } from './choose-pictures.tsx';
import { textIn, type ImageRow, type Product } from './menu-types.ts';
import { Picture } from './picture.tsx';
import { PortionActions } from './portion-actions.tsx';
import { PortionBadge } from './portion-badge.tsx';
import { ProductDialog } from './product-dialog.tsx';
import { ProductFacts } from './product-facts.tsx';
import { ProductRecipe } from './product-recipe.tsx';
import { useCatalog, useHouse } from './use-catalog.ts';
import { words } from './words.ts';

type Seen = Product & { readonly version: number };

export function ProductScreen(): ReactElement {
  const t = useWords(words);
  return (
    <ThingFrame
      category="catalog.products"
      title={t('product')}
      back={{ to: '/menu', label: t('title') }}
    >
      {(shown) => <OfProduct {...shown} />}
    </ThingFrame>
  );
}

function OfProduct({ id, aggregate, thing, above }: ThingShown): ReactElement {
  const language = useLanguage();
  const t = useWords(words);
  const house = useHouse();
  const catalog = useCatalog(house);
  const product = shaped<Seen>(thing.state);
  const portion = catalog.portions.get(id);
  return (
    <Page
      title={textIn(product.name, language)}
      above={above}
      badge={
        product.status === 'retired' ? (
          <Badge>{t('retired')}</Badge>
        ) : (
          <PortionBadge row={portion} />
        )
      }
      actions={<Actions product={product} house={house} catalog={catalog} />}
    >
      {house.locationId === null || product.status === 'retired' ? null : (
        <PortionActions
          locationId={house.locationId}
          productId={id}
          name={textIn(product.name, language)}
          portion={portion}
        />
      )}
      <Pictures productId={id} />
      <ProductRecipe productId={id} house={house} catalog={catalog} />
      <GeneratedDetail
        aggregate={aggregate}
        id={id}
        view={(state) => (
          <ProductFacts product={shaped<Product>(state)} house={house} catalog={catalog} />
        )}
      />
    </Page>
  );
}

/** What Actions works with. */
function useActions(props: {
  readonly product: Seen;
  readonly house: ReturnType<typeof useHouse>;
  readonly catalog: ReturnType<typeof useCatalog>;
}) {
  const t = useWords(words);
  const limits = useLimits()('catalog:edit');
  const { product, house, catalog } = props;
  const [open, setOpen] = useState<'edit' | 'retire' | null>(null);
  const [reason, setReason] = useState('');
  const again = [
    'GET /v1/catalog/products',
    'GET /v1/catalog/products/{id}',
    'GET /v1/catalog/products/{id}/history',
  ] as const;
  const retire = useCommand('POST /v1/catalog/products/{id}/retire', { again });
  const back = useCommand('POST /v1/catalog/products/{id}/bring-back', { again });
  const params = { id: product.id };
  return {
    t,
    limits,
    product,
    house,
    catalog,
    open,
    setOpen,
    reason,
    setReason,
    retire,
    back,
    params,
  };
}

function RetireDialog({
  t,
  open,
  setOpen,
  reason,
  setReason,
  retire,
  params,
}: Pick<
  ReturnType<typeof useActions>,
  't' | 'open' | 'setOpen' | 'reason' | 'setReason' | 'retire' | 'params'
>): ReactElement {
  return (
    <ConfirmDialog
      title={t('retire')}
      text={t('retire-text')}
      action={t('retire')}
      isOpen={open === 'retire'}
      isBusy={retire.isPending}
      onClose={() => setOpen(null)}
      onConfirm={() => {
        if (reason.trim() === '') return;
        followUp(retire.mutateAsync({ params, body: { reason: reason.trim() } }), () => {
          toast(t('saved'));
          setOpen(null);
        });
      }}
    >
      <TextField label={t('reason')} required maxLength={200} value={reason} onChange={setReason} />
      <FailureNote error={retire.error} />
    </ConfirmDialog>
  );
}

function Actions(props: {
  readonly product: Seen;
  readonly house: ReturnType<typeof useHouse>;
  readonly catalog: ReturnType<typeof useCatalog>;
}): ReactElement {
  const {
    t,
    limits,
    product,
    house,
    catalog,
    open,
    setOpen,
    reason,
    setReason,
    retire,
    back,
    params,
  } = useActions(props);
  return (
    <>
      {product.status === 'retired' ? (
        <Button
          {...limits}
          isBusy={back.isPending}
          onClick={() => back.mutate({ params, body: {} }, { onSuccess: () => toast(t('saved')) })}
        >
          {t('bring-back')}
        </Button>
      ) : (
        <Button {...limits} icon="archive" onClick={() => setOpen('retire')}>
          {t('retire')}
        </Button>
      )}
      <Button kind="primary" icon="edit" {...limits} onClick={() => setOpen('edit')}>
        {t('edit')}
      </Button>
      {open === 'edit' ? (
        <ProductDialog
          product={product}
          house={house}
          catalog={catalog}
          onClose={() => setOpen(null)}
        />
      ) : null}
      <RetireDialog
        t={t}
        open={open}
        setOpen={setOpen}
        reason={reason}
        setReason={setReason}
        retire={retire}
        params={params}
      />
    </>
  );
}

function Pictures({ productId }: { readonly productId: string }): ReactElement {
  const t = useWords(words);
  const limits = useLimits()('catalog:edit');
  const [isChoosing, setChoosing] = useState(false);
  const shown = useRead('GET /v1/catalog/images/shown', { query: { productId } });
  const images = shaped<readonly ImageRow[]>(shown.data?.items ?? []);
  const arrange = useCommand('POST /v1/catalog/pictures', {
    again: ['GET /v1/catalog/images/shown', 'GET /v1/catalog/menu'],
  });
  return (
    <div className="flex flex-wrap items-center gap-3">
      {images.map((image) => (
        <Picture key={image.id} image={image} className="h-28 rounded-card border border-line" />
      ))}
      {images.length === 0 && shown.data !== undefined ? (
        <span className="text-13 text-muted">{t('pictures-none')}</span>
      ) : null}
      <Button size="compact" icon="image" {...limits} onClick={() => setChoosing(true)}>
        {t('pictures-choose')}
      </Button>
      <FailureNote error={arrange.error} />
      {isChoosing ? (
        <ChoosePictures
          value={images.map(({ id }) => id)}
          isBusy={arrange.isPending}
          onClose={() => setChoosing(false)}
          onDone={(imageIds) =>
            followUp(arrange.mutateAsync({ body: { productId, imageIds } }), () =>
              setChoosing(false),
            )
          }
        />
      ) : null}
    </div>
  );
}
