/** Albums: pictures in order under a name. */
import { useState, type ReactElement } from 'react';
import { useCommand, useRead } from '../../api/api.ts';
import { Button, IconButton } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { Badge, EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Card } from '../../design/page.tsx';
import { toast } from '../../design/toasts.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useLimits } from '../lists/use-limits.ts';
import { usePages } from '../lists/use-pages.ts';
import { followUp } from '../lists/follow-up.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { shaped } from '../order/order-types.ts';
import { ChoosePictures } from './choose-pictures.tsx';
import { textIn, type Album, type ImageRow } from './menu-types.ts';
import { Picture } from './picture.tsx';
import { filled } from './product-value.ts';
import { TextsFields } from './texts-fields.tsx';
import type { House } from './use-catalog.ts';
import { words } from './words-gallery.ts';

const AGAIN = ['GET /v1/catalog/albums', 'GET /v1/catalog/images/shown'] as const;

export function AlbumsView({ house }: { readonly house: House }): ReactElement {
  const t = useWords(words);
  const { at } = useAsOf();
  const limits = useLimits()('catalog:edit');
  const [isNew, setNew] = useState(false);
  const list = usePages<Album>('GET /v1/catalog/albums', { at: at ?? undefined });
  const albums = list.rows.filter(({ status }) => status !== 'removed');
  const make = (
    <Button icon="plus" {...limits} onClick={() => setNew(true)}>
      {t('album-new')}
    </Button>
  );
  if (list.isLoading && albums.length === 0) return <Skeleton lines={5} />;
  return (
    <div className="flex flex-col gap-3">
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={list.readAgain} />}
      {albums.length === 0 ? (
        <EmptyState
          icon="grid"
          title={t('album-empty-title')}
          text={t('album-empty-text')}
          action={make}
        />
      ) : (
        <div>{make}</div>
      )}
      {albums.map((album) => (
        <AlbumCard key={album.id} album={album} />
      ))}
      {isNew ? <AlbumDialog house={house} onClose={() => setNew(false)} /> : null}
    </div>
  );
}

function useAlbum(album: Album) {
  const params = { id: album.id };
  const add = useCommand('POST /v1/catalog/albums/{id}/add', { again: AGAIN });
  const take = useCommand('POST /v1/catalog/albums/{id}/take', { again: AGAIN });
  const reorder = useCommand('POST /v1/catalog/albums/{id}/reorder', { again: AGAIN });
  const publish = useCommand('POST /v1/catalog/albums/{id}/publish', { again: AGAIN });
  const unpublish = useCommand('POST /v1/catalog/albums/{id}/unpublish', { again: AGAIN });
  return {
    addAll: async (ids: readonly string[]) => {
      for (const imageId of ids) await add.mutateAsync({ params, body: { imageId } });
    },
    takeOut: (imageId: string) => take.mutate({ params, body: { imageId } }),
    move: (at: number, by: number) => {
      const moved = album.imageIds[at];
      if (moved === undefined) return;
      reorder.mutate({
        params,
        body: { imageIds: album.imageIds.toSpliced(at, 1).toSpliced(at + by, 0, moved) },
      });
    },
    toggle: () =>
      album.status === 'published'
        ? unpublish.mutate({ params, body: {} })
        : publish.mutate({ params, body: {} }),
    isBusy: add.isPending || reorder.isPending,
    error: add.error ?? take.error ?? reorder.error ?? publish.error ?? unpublish.error,
  };
}

/** What AlbumCard works with. */
function useAlbumCard({ album }: { readonly album: Album }) {
  const t = useWords(words);
  const language = useLanguage();
  const limits = useLimits()('catalog:edit');
  const [isChoosing, setChoosing] = useState(false);
  const actions = useAlbum(album);
  const shown = useRead('GET /v1/catalog/images/shown', { query: { albumId: album.id } });
  const images = shaped<readonly ImageRow[]>(shown.data?.items ?? []);
  const isPublished = album.status === 'published';
  return { t, language, limits, isChoosing, setChoosing, actions, images, isPublished };
}

function AlbumPictures({
  t,
  limits,
  actions,
  images,
  album,
}: Pick<ReturnType<typeof useAlbumCard>, 't' | 'limits' | 'actions' | 'images'> &
  Pick<Parameters<typeof AlbumCard>[0], 'album'>): ReactElement {
  return (
    <ul className="flex gap-2 overflow-x-auto pb-2">
      {images.map((image) => {
        const at = album.imageIds.indexOf(image.id);
        return (
          <li key={image.id} className="w-36 shrink-0">
            <Picture image={image} className="aspect-4/3 w-full rounded-control" />
            {limits.disabled ? null : (
              <div className="flex justify-center">
                <IconButton
                  size="compact"
                  icon="chevron-left"
                  label={t('earlier')}
                  disabled={at <= 0}
                  onClick={() => actions.move(at, -1)}
                />
                <IconButton
                  size="compact"
                  icon="chevron-right"
                  label={t('later')}
                  disabled={at < 0 || at >= album.imageIds.length - 1}
                  onClick={() => actions.move(at, 1)}
                />
                <IconButton
                  size="compact"
                  icon="close"
                  label={t('album-take')}
                  onClick={() => actions.takeOut(image.id)}
                />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function AlbumCard({ album }: { readonly album: Album }): ReactElement {
  const { t, language, limits, isChoosing, setChoosing, actions, images, isPublished } =
    useAlbumCard({ album });
  return (
    <Card
      title={textIn(album.name, language)}
      actions={
        <>
          <Badge tone={isPublished ? 'good' : 'plain'}>
            {isPublished ? t('published') : t('private')}
          </Badge>
          <Button size="compact" {...limits} onClick={actions.toggle}>
            {isPublished ? t('unpublish') : t('publish')}
          </Button>
          <Button size="compact" icon="plus" {...limits} onClick={() => setChoosing(true)}>
            {t('album-add')}
          </Button>
        </>
      }
    >
      <p className="pb-2 text-13 text-muted">
        {album.imageIds.length === 0
          ? t('album-none')
          : t('count', { count: album.imageIds.length })}
      </p>
      <AlbumPictures t={t} limits={limits} actions={actions} images={images} album={album} />
      <FailureNote error={actions.error} />
      {isChoosing ? (
        <ChoosePictures
          value={[]}
          isBusy={actions.isBusy}
          onClose={() => setChoosing(false)}
          onDone={(ids) =>
            void actions.addAll(ids.filter((id) => !album.imageIds.includes(id))).then(
              () => setChoosing(false),
              () => setChoosing(false),
            )
          }
        />
      ) : null}
    </Card>
  );
}

function AlbumDialog({ house, onClose }: { readonly house: House; onClose(): void }): ReactElement {
  const t = useWords(words);
  const [name, setName] = useState({});
  const create = useCommand('POST /v1/catalog/albums', { again: AGAIN });
  return (
    <Dialog
      title={t('album-new')}
      isOpen
      onClose={onClose}
      footer={
        <Button
          kind="primary"
          isBusy={create.isPending}
          disabled={Object.keys(filled(name)).length === 0}
          onClick={() =>
            followUp(create.mutateAsync({ body: { name: filled(name) } }), () => {
              toast(t('saved'));
              onClose();
            })
          }
        >
          {t('keep')}
        </Button>
      }
    >
      <TextsFields
        languages={house.languages}
        required
        label={(language) => `${t('album-name')} (${language})`}
        value={name}
        onChange={setName}
      />
      <FailureNote error={create.error} />
    </Dialog>
  );
}
