/** The pictures themselves: for whoever may read the catalog, and those that are published for everybody. */
import { STREAM_ID } from '../../core/aggregate.ts';
import type { ModuleRouteDependencies, ModuleRoutes } from '../../http/modules/services.ts';
import { unknownId } from '../../http/moments.ts';
import { scoped, OPEN, type Answer, type Call, type Parameter } from '../../http/route.ts';
import type { ImageState, ImageVariant, KnownImage } from './images/state.ts';
import { IMAGES_CATEGORY } from './images/stream.ts';
import { variantOf } from './images/variants.ts';
import { galleryPorts } from './routes-images.ts';

/** What lies under an address never changes, so nobody has to ask again. */
const FOREVER = 'public, max-age=31536000, immutable';
/** A person may be erased: caches outside must ask again soon. */
const SHORTLY = 'public, max-age=300';
/** Whoever signs in after somebody else on a shared device asks for themselves. */
const ASK_AGAIN = 'private, no-cache';

const id: Parameter = {
  name: 'id',
  in: 'path',
  description: 'Of the picture.',
  schema: { type: 'string', maxLength: 128 },
  example: '01995b1e-7c2a-7d31-9f00-3c1d2e4f5a6b',
};
const file: Parameter = {
  name: 'file',
  in: 'path',
  description: '`{width}.webp` or `{width}.jpg`, one of `sources` of the picture.',
  schema: { type: 'string', pattern: '^[0-9]{1,6}\\.(webp|jpg)$' },
  example: '640.webp',
};
const ifNoneMatch: Parameter = {
  name: 'If-None-Match',
  in: 'header',
  description: '`ETag` of the copy at hand: 304 while it is the same.',
  schema: { type: 'string' },
};

const answers = {
  200: {
    description: 'The picture',
    contentType: 'image/webp',
    headers: ['etag', 'cache-control', 'content-length'],
    schema: { type: 'string', format: 'binary' },
  },
  304: { description: 'The copy at hand is the same' },
} as const;

export const imageFileRoutes: ModuleRoutes = (deps) => [
  {
    method: 'GET',
    path: '/v1/catalog/images/{id}/{file}',
    operationId: 'readImageFile',
    tag: 'Catalog',
    summary: 'A picture at one width',
    access: scoped('catalog:read'),
    parameters: [id, file, ifNoneMatch],
    answers,
    errors: ['NOT_FOUND', 'UNAVAILABLE'],
    handle: (call) =>
      serve(deps, call, { tenant: call.principal.tenant, cacheOf: () => ASK_AGAIN }),
  },
  {
    method: 'GET',
    path: '/public/{slug}/images/{id}/{file}',
    operationId: 'readPublicImage',
    tag: 'Public pages',
    summary: 'A published picture at one width',
    description: 'A picture that is not published answers as one that is unknown.',
    access: OPEN,
    parameters: [
      {
        name: 'slug',
        in: 'path',
        description: 'Of the house: the id of its tenant.',
        schema: { type: 'string', maxLength: 128 },
        example: 'demo',
      },
      id,
      file,
      ifNoneMatch,
    ],
    answers,
    errors: ['NOT_FOUND', 'UNAVAILABLE'],
    handle: (call) =>
      serve(deps, call, { tenant: call.params['slug'] ?? '', cacheOf: publicCache }),
  },
];

/** Null for what is not for everybody. */
function publicCache({ status, personId }: KnownImage): string | null {
  if (status !== 'published') return null;
  return personId === null ? FOREVER : SHORTLY;
}

interface Serving {
  readonly tenant: string;
  /** How long it may be kept by whom; null when it is not to be seen. */
  cacheOf(image: KnownImage): string | null;
}

/** Errors: NOT_FOUND, the same whatever the reason. */
async function serve(
  deps: ModuleRouteDependencies,
  call: Call,
  { tenant, cacheOf }: Serving,
): Promise<Answer> {
  const { blobs } = galleryPorts(deps);
  const imageId = call.params['id'] ?? '';
  if (!STREAM_ID.test(imageId) || !STREAM_ID.test(tenant)) throw unknownId();
  const loaded = await deps.pipeline.load(tenant, IMAGES_CATEGORY, imageId);
  // safe because this category has states of this type
  const image = loaded.state as ImageState;
  const variant = variantOf(image, call.params['file'] ?? '');
  const cache = image.status === 'unknown' ? null : cacheOf(image);
  if (variant === undefined || cache === null) throw unknownId();
  const etag = `"${variant.sha256}"`;
  const headers = { etag, 'cache-control': cache };
  if (isAtHand(call.request.headers['if-none-match'], etag)) return { status: 304, headers };
  const content = await blobs.open(tenant, variant.key);
  if (content === null) throw unknownId();
  return fileAnswer(variant, headers, content);
}

function fileAnswer(
  { type, bytes }: ImageVariant,
  headers: Readonly<Record<string, string>>,
  body: AsyncIterable<Uint8Array>,
): Answer {
  const length = { 'content-length': String(bytes) };
  return { status: 200, contentType: type, headers: { ...headers, ...length }, body };
}

/** RFC 9110, section 13.1.2: a list of tags, compared weakly. */
function isAtHand(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
