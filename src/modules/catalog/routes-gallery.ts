/** GET /public/{slug}/gallery and /public/{slug}/pictures/{page}: what everybody may see, in order. */
import { STREAM_ID } from '../../core/aggregate.ts';
import type { ModuleRouteDependencies, ModuleRoutes } from '../../http/modules/services.ts';
import { unknownId } from '../../http/moments.ts';
import { OPEN, type Parameter, type Route } from '../../http/route.ts';
import { albumList, type AlbumRow } from './albums/read-models/album-list.ts';
import type { PicturesState } from './pictures/state.ts';
import { picturesStream } from './pictures/stream.ts';
import { shownImages, shownImageSchema, type ShownImage } from './routes-pictures.ts';

/** A page of a gallery. */
const ALBUMS_MAX = 50;
/** As many as are read at once; what is beyond is on no public page. */
const IMAGES_MAX = 1_000;
/** Shorter than a guest waits for a change, longer than a visit to a page. */
const CACHE = 'public, max-age=60';

const slug: Parameter = {
  name: 'slug',
  in: 'path',
  description: 'Of the house: the id of its tenant.',
  schema: { type: 'string', maxLength: 128 },
  example: 'demo',
};
const text = { type: 'string' };
const imagesSchema = { type: 'array', items: shownImageSchema };

const GALLERY: Omit<Route, 'handle'> = {
  method: 'GET',
  path: '/public/{slug}/gallery',
  operationId: 'readPublicGallery',
  tag: 'Public pages',
  summary: 'Published albums with their published pictures',
  description: 'A house that is unknown has none.',
  access: OPEN,
  parameters: [slug],
  answers: {
    200: {
      description: 'The albums by name',
      headers: ['cache-control'],
      schema: {
        type: 'object',
        required: ['albums'],
        properties: {
          albums: {
            type: 'array',
            items: {
              type: 'object',
              required: ['id', 'name', 'images'],
              properties: {
                id: text,
                name: { type: 'object', additionalProperties: text },
                images: imagesSchema,
              },
            },
          },
        },
      },
      example: { albums: [{ id: 'terrace', name: { en: 'Terrace' }, images: [] }] },
    },
  },
  errors: ['NOT_FOUND'],
};

const PICTURES: Omit<Route, 'handle'> = {
  method: 'GET',
  path: '/public/{slug}/pictures/{page}',
  operationId: 'readPublicPictures',
  tag: 'Public pages',
  summary: 'The published pictures of a page, in order',
  access: OPEN,
  parameters: [
    slug,
    {
      name: 'page',
      in: 'path',
      description: 'A page of the house.',
      schema: { type: 'string', maxLength: 60 },
      example: 'about',
    },
  ],
  answers: {
    200: {
      description: 'None where the house or page is unknown',
      headers: ['cache-control'],
      schema: { type: 'object', required: ['images'], properties: { images: imagesSchema } },
      example: { images: [] },
    },
  },
  errors: ['NOT_FOUND'],
};

export const galleryRoutes: ModuleRoutes = (deps) => [
  {
    ...GALLERY,
    async handle({ params }) {
      const albums = await publicAlbums(deps, tenantOf(params));
      return { status: 200, headers: { 'cache-control': CACHE }, body: { albums } };
    },
  },
  {
    ...PICTURES,
    async handle({ params }) {
      const tenant = tenantOf(params);
      const { category, id } = picturesStream({ kind: 'page', page: params['page'] ?? '' });
      if (!STREAM_ID.test(id)) throw unknownId();
      const { state } = await deps.pipeline.load(tenant, category, id);
      // safe because this category has states of this type
      const { imageIds } = state as PicturesState;
      const shown = await shownImages(deps, { tenant, imageIds });
      const body = { images: published(imageIds, shown) };
      return { status: 200, headers: { 'cache-control': CACHE }, body };
    },
  },
];

/** Errors: NOT_FOUND for what no tenant can be named. */
function tenantOf(params: Readonly<Record<string, string>>): string {
  const tenant = params['slug'] ?? '';
  if (!STREAM_ID.test(tenant)) throw unknownId();
  return tenant;
}

/** Published albums with their published pictures, in order; of an unknown tenant none. */
export async function publicAlbums(deps: ModuleRouteDependencies, tenant: string) {
  const page = await deps.projections
    .reader(albumList)
    .list({ tenant, filters: { status: 'published' }, limit: ALBUMS_MAX });
  const albums = page.items.map(({ key, row }) => {
    // safe because rows of this model were made by it
    const { name, image_ids: imageIds } = row as AlbumRow;
    return { id: key, name, imageIds };
  });
  const imageIds = [...new Set(albums.flatMap((album) => album.imageIds))].slice(0, IMAGES_MAX);
  const shown = await shownImages(deps, { tenant, imageIds });
  return albums.map(({ id, name, imageIds: ids }) => ({ id, name, images: published(ids, shown) }));
}

function published(
  imageIds: readonly string[],
  shown: ReadonlyMap<string, ShownImage>,
): readonly ShownImage[] {
  return imageIds.flatMap((id) => {
    const image = shown.get(id);
    return image?.status === 'published' ? [image] : [];
  });
}
