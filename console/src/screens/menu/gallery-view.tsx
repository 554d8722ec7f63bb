/** All pictures: what each shows, whether everybody may see it. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { ConfirmDialog, Dialog } from '../../design/dialogs.tsx';
import { Badge, EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { toast } from '../../design/toasts.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useLimits } from '../guests/use-may.ts';
import { usePages } from '../lists/use-pages.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { textIn, type ImageRow } from './menu-types.ts';
import { Picture } from './picture.tsx';
import { filled } from './product-value.ts';
import { TextsFields } from './texts-fields.tsx';
import { UploadDialog } from './upload-dialog.tsx';
import type { House } from './use-catalog.ts';
import { words } from './words-gallery.ts';

const AGAIN = [
  'GET /v1/catalog/images',
  'GET /v1/catalog/images/shown',
  'GET /v1/catalog/albums',
] as const;

export function useImages() {
  const { at } = useAsOf();
  return usePages<ImageRow>('GET /v1/catalog/images', { at: at ?? undefined }, { limit: 100 });
}

export function GalleryView({ house }: { readonly house: House }): ReactElement {
  const t = useWords(words);
  const limits = useLimits()('catalog:edit');
  const list = useImages();
  const [isUploading, setUploading] = useState(false);
  const [openId, setOpen] = useState<string | null>(null);
  const images = list.rows.filter(({ status }) => status !== 'removed');
  const open = images.find(({ id }) => id === openId);
  const upload = (
    <Button icon="upload" {...limits} onClick={() => setUploading(true)}>
      {t('upload')}
    </Button>
  );
  if (list.isLoading && images.length === 0) return <Skeleton lines={6} />;
  return (
    <div className="flex flex-col gap-3">
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={list.readAgain} />}
      {images.length === 0 ? (
        <EmptyState icon="image" title={t('empty-title')} text={t('empty-text')} action={upload} />
      ) : (
        <>
          <div>{upload}</div>
          <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-5">
            {images.map((image) => (
              <li key={image.id} className="min-w-0">
                <button
                  type="button"
                  onClick={() => setOpen(image.id)}
                  className="flex w-full min-w-0 flex-col overflow-hidden rounded-card border border-line bg-raised text-left hover:border-control"
                >
                  <Picture image={image} className="aspect-4/3 w-full" />
                  <span className="flex flex-col items-start gap-1 p-2">
                    <Text image={image} />
                    <Badge tone={image.status === 'published' ? 'good' : 'plain'}>
                      {image.status === 'published' ? t('published') : t('private')}
                    </Badge>
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {list.loadMore === undefined ? null : (
            <div>
              <Button isBusy={list.isLoading} onClick={list.loadMore}>
                …
              </Button>
            </div>
          )}
        </>
      )}
      {isUploading ? <UploadDialog onClose={() => setUploading(false)} /> : null}
      {open === undefined ? null : (
        <ImageDialog key={open.id} image={open} house={house} onClose={() => setOpen(null)} />
      )}
    </div>
  );
}

function Text({ image }: { readonly image: ImageRow }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const text = textIn(image.alt, language);
  return (
    <span dir="auto" className={`line-clamp-2 text-13 ${text === '' ? 'text-muted' : ''}`}>
      {text === '' ? t('describe') : text}
    </span>
  );
}

/** What ImageDialog works with. */
function useImageDialog(props: {
  readonly image: ImageRow;
  readonly house: House;
  onClose(): void;
}) {
  const t = useWords(words);
  const { image, house, onClose } = props;
  const limits = useLimits()('catalog:edit');
  const [alt, setAlt] = useState(image.alt ?? {});
  const [isRemoving, setRemoving] = useState(false);
  const describe = useCommand('POST /v1/catalog/images/{id}/describe', { again: AGAIN });
  const publish = useCommand('POST /v1/catalog/images/{id}/publish', { again: AGAIN });
  const unpublish = useCommand('POST /v1/catalog/images/{id}/unpublish', { again: AGAIN });
  const remove = useCommand('POST /v1/catalog/images/{id}/remove', { again: AGAIN });
  const params = { id: image.id };
  const isPublished = image.status === 'published';
  const done = { onSuccess: () => toast(t('saved')) };
  return {
    t,
    image,
    house,
    onClose,
    limits,
    alt,
    setAlt,
    isRemoving,
    setRemoving,
    describe,
    publish,
    unpublish,
    remove,
    params,
    isPublished,
    done,
  };
}

function ImageDialogFooter({
  t,
  limits,
  alt,
  setRemoving,
  describe,
  publish,
  unpublish,
  params,
  isPublished,
  done,
}: Pick<
  ReturnType<typeof useImageDialog>,
  | 't'
  | 'limits'
  | 'alt'
  | 'setRemoving'
  | 'describe'
  | 'publish'
  | 'unpublish'
  | 'params'
  | 'isPublished'
  | 'done'
>): ReactElement {
  return (
    <>
      <Button kind="danger" {...limits} onClick={() => setRemoving(true)}>
        {t('remove')}
      </Button>
      {isPublished ? (
        <Button
          {...limits}
          isBusy={unpublish.isPending}
          onClick={() => unpublish.mutate({ params, body: {} }, done)}
        >
          {t('unpublish')}
        </Button>
      ) : (
        <Button
          {...limits}
          isBusy={publish.isPending}
          onClick={() => publish.mutate({ params, body: {} }, done)}
        >
          {t('publish')}
        </Button>
      )}
      <Button
        kind="primary"
        {...limits}
        isBusy={describe.isPending}
        disabled={limits.disabled || Object.keys(filled(alt)).length === 0}
        onClick={() => describe.mutate({ params, body: { alt: filled(alt) } }, done)}
      >
        {t('keep')}
      </Button>
    </>
  );
}

function ImageDialogBody({
  t,
  image,
  house,
  alt,
  setAlt,
  describe,
  publish,
  unpublish,
}: Pick<
  ReturnType<typeof useImageDialog>,
  't' | 'image' | 'house' | 'alt' | 'setAlt' | 'describe' | 'publish' | 'unpublish'
>): ReactElement {
  return (
    <div className="flex flex-col gap-4">
      <Picture image={image} width={640} className="max-h-72 w-full rounded-card object-contain" />
      <p className="text-13 text-muted">{t('alt-hint')}</p>
      <TextsFields
        languages={house.languages}
        label={(language) => t('alt', { language })}
        value={alt}
        onChange={setAlt}
        maxLength={300}
      />
      <FailureNote error={describe.error ?? publish.error ?? unpublish.error} />
    </div>
  );
}

function RemoveDialog({
  t,
  onClose,
  isRemoving,
  setRemoving,
  remove,
  params,
}: Pick<
  ReturnType<typeof useImageDialog>,
  't' | 'onClose' | 'isRemoving' | 'setRemoving' | 'remove' | 'params'
>): ReactElement {
  return (
    <ConfirmDialog
      title={t('remove')}
      text={t('remove-text')}
      action={t('remove')}
      isOpen={isRemoving}
      isBusy={remove.isPending}
      onClose={() => setRemoving(false)}
      onConfirm={() =>
        remove.mutate(
          { params, body: {} },
          {
            onSuccess: () => {
              toast(t('removed'));
              onClose();
            },
          },
        )
      }
    >
      <FailureNote error={remove.error} />
    </ConfirmDialog>
  );
}

function ImageDialog(props: {
  readonly image: ImageRow;
  readonly house: House;
  onClose(): void;
}): ReactElement {
  const {
    t,
    image,
    house,
    onClose,
    limits,
    alt,
    setAlt,
    isRemoving,
    setRemoving,
    describe,
    publish,
    unpublish,
    remove,
    params,
    isPublished,
    done,
  } = useImageDialog(props);
  return (
    <Dialog
      title={t('describe')}
      isOpen
      onClose={onClose}
      footer={
        <ImageDialogFooter
          t={t}
          limits={limits}
          alt={alt}
          setRemoving={setRemoving}
          describe={describe}
          publish={publish}
          unpublish={unpublish}

          params={params}
          isPublished={isPublished}
          done={done}
        />
      }
    >
      <ImageDialogBody
        t={t}
        image={image}
        house={house}
        alt={alt}
        setAlt={setAlt}
        describe={describe}
        publish={publish}
        unpublish={unpublish}
      />
      <RemoveDialog
        t={t}
        onClose={onClose}
        isRemoving={isRemoving}
        setRemoving={setRemoving}
        remove={remove}
        params={params}
      />
    </Dialog>
  );
}
