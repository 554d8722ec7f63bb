/** All pictures: what each shows, whether everybody may see it. */
import { useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { Badge, EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useLimits } from '../lists/use-limits.ts';
import { usePages } from '../lists/use-pages.ts';
import { ImageDialog } from './image-dialog.tsx';
import { textIn, type ImageRow } from './menu-types.ts';
import { Picture } from './picture.tsx';
import { UploadDialog } from './upload-dialog.tsx';
import type { House } from './use-catalog.ts';
import { words } from './words-gallery.ts';

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
                {t('more')}
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
