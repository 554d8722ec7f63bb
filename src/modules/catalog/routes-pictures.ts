/** Which pictures a product, page or album shows: setting them, and reading them with what is needed to draw them. */
import { STREAM_ID } from '../../core/aggregate.ts';
import { auditedOwn } from '../../http/modules/audited.ts';
import { expectedVersionOf, idempotencyKeyOf } from '../../http/modules/command-headers.ts';
import { WAIT, waitForModel } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies, ModuleRoutes } from '../../http/modules/services.ts';
import { invalid } from '../../http/query-input.ts';
import { scoped, type Answer, type Call, type Route } from '../../http/route.ts';
import { ALBUMS_CATEGORY } from './albums/aggregate.ts';
import type { AlbumState } from './albums/state.ts';
import { imageList, type ImageRow } from './images/read-models/image-list.ts';
import { arrangePictures, PICTURE_REFUSALS, type PictureCommand } from './pictures/commands.ts';
import { showcaseOf } from './pictures/decide.ts';
import type { Showcase } from './pictures/events.ts';
import type { PicturesState } from './pictures/state.ts';
import { PICTURES_CATEGORY, picturesStream } from './pictures/stream.ts';
import { createdAnswer } from './routes-answers.ts';
import { MAY_EDIT } from './routes-images.ts';

const PATH = '/v1/catalog/pictures';
/** Twenty ids and a product. */
const BYTES_MAX = 16 * 1024;

const ARRANGE: Omit<Route, 'handle'> = {
  method: 'POST',
  path: PATH,
  operationId: 'arrangePictures',
  tag: 'Catalog',
  summary: arrangePictures.summary,
  description: 'The id of the answer is `product~{productId}` or `page~{page}`.',
  access: MAY_EDIT,
  parameters: [
    {
      name: 'If-Match',
      in: 'header',
      description: 'The version the pictures must be at, in quotes: else 412.',
      schema: { type: 'string' },
      example: '"3"',
    },
    {
      name: 'Idempotency-Key',
      in: 'header',
      description: 'A repetition with the same key and body gets the first answer.',
      schema: { type: 'string' },
    },
  ],
  body: {
    bytesMax: BYTES_MAX,
    content: {
      'application/json': {
        schema: arrangePictures.input,
        examples: Object.fromEntries(
          arrangePictures.examples.map((value, index) => [
            `ArrangePictures-${index + 1}`,
            { value },
          ]),
        ),
      },
    },
  },
  answers: {
    201: {
      description: 'They are shown from now on',
      headers: ['location', 'etag'],
      schema: {
        type: 'object',
        required: ['id', 'version', 'cursor'],
        properties: {
          id: { type: 'string' },
          version: { type: 'integer' },
          cursor: { type: 'string' },
        },
      },
      example: { id: 'product~espresso', version: 1, cursor: 'MS5hYmMuMy40Mg' },
    },
  },
  errors: ['INPUT_INVALID', 'PRECONDITION_FAILED', 'VERSION_CONFLICT', 'TOO_LARGE'],
  refusals: PICTURE_REFUSALS,
};

const text = { type: 'string' };
const whole = { type: 'integer' };

/** A picture as it is drawn. */
export const shownImageSchema = {
  type: 'object',
  required: ['id', 'width', 'height', 'sources', 'alt', 'status'],
  properties: {
    id: text,
    status: { enum: ['private', 'published'] },
    width: whole,
    height: whole,
    alt: { type: ['object', 'null'], additionalProperties: text },
    sources: {
      type: 'array',
      items: {
        type: 'object',
        required: ['file', 'type', 'width', 'height', 'bytes'],
        properties: { file: text, type: text, width: whole, height: whole, bytes: whole },
      },
    },
  },
};

const SHOWN: Omit<Route, 'handle'> = {
  method: 'GET',
  path: '/v1/catalog/images/shown',
  operationId: 'listShownImages',
  tag: 'Catalog',
  summary: 'The pictures of a product, page or album, in order',
  description:
    'Exactly one of `productId`, `page` and `albumId`. What was removed or erased is left out.',
  access: scoped('catalog:read'),
  parameters: [
    ...['productId', 'page', 'albumId'].map((name) => ({
      name,
      in: 'query' as const,
      description: 'What shows them.',
      schema: { type: 'string', maxLength: 128 },
    })),
    WAIT,
  ],
  answers: {
    200: {
      description: 'All of them',
      schema: {
        type: 'object',
        required: ['items'],
        properties: { items: { type: 'array', items: shownImageSchema } },
      },
    },
  },
  errors: ['INPUT_INVALID', 'CURSOR_INVALID', 'CURSOR_EXPIRED', 'CURSOR_FOREIGN', 'WAIT_TIMEOUT'],
};

export const pictureRoutes: ModuleRoutes = (deps) => [
  { ...ARRANGE, handle: (call) => arrange(deps, call) },
  {
    ...SHOWN,
    async handle(call) {
      const { tenant } = call.principal;
      const imageIds = await imageIdsOf(deps, call);
      await waitForModel(deps, call, imageList);
      const shown = await shownImages(deps, { tenant, imageIds });
      return { status: 200, body: { items: imageIds.flatMap((id) => shown.get(id) ?? []) } };
    },
  },
];

async function arrange(deps: ModuleRouteDependencies, call: Call): Promise<Answer> {
  const { principal, request, traceId } = call;
  // safe because the body is valid under the schema above
  const input = call.body as PictureCommand['input'];
  const answer = await deps.pipeline.handle({
    principal,
    category: PICTURES_CATEGORY,
    command: arrangePictures.name,
    id: picturesStream(showcaseOf(input)).id,
    input,
    expectedVersion: expectedVersionOf(request.headers),
    idempotencyKey: idempotencyKeyOf(request.headers),
  });
  const { tenant } = principal;
  return createdAnswer(deps.log, {
    answer,
    tenant,
    traceId,
    path: PATH,
    refusals: PICTURE_REFUSALS,
    audited: auditedOwn(deps.modules, {
      category: PICTURES_CATEGORY,
      type: arrangePictures,
      input,
      answer,
    }),
  });
}

/** None for what is unknown: it shows nothing. Errors: INPUT_INVALID. */
async function imageIdsOf(
  { pipeline }: ModuleRouteDependencies,
  { principal, query }: Call,
): Promise<readonly string[]> {
  const asked = (['productId', 'page', 'albumId'] as const).filter((name) => query.has(name));
  const [name] = asked;
  if (name === undefined || asked.length > 1)
    throw invalid('productId', 'give exactly one of productId, page and albumId.', {
      code: 'EXACTLY_ONE',
      params: { others: ['productId', 'page', 'albumId'] },
    });
  const value = query.get(name) ?? '';
  if (name === 'albumId') {
    if (!STREAM_ID.test(value)) return [];
    const { state } = await pipeline.load(principal.tenant, ALBUMS_CATEGORY, value);
    // safe because this category has states of this type
    const album = state as AlbumState;
    return album.status === 'unknown' || album.status === 'removed' ? [] : album.imageIds;
  }
  const on: Showcase =
    name === 'page' ? { kind: 'page', page: value } : { kind: 'product', productId: value };
  const { category, id } = picturesStream(on);
  if (!STREAM_ID.test(id)) return [];
  const { state } = await pipeline.load(principal.tenant, category, id);
  // safe because this category has states of this type
  return (state as PicturesState).imageIds;
}

export interface ShownImage extends Pick<ImageRow, 'status' | 'width' | 'height' | 'alt'> {
  readonly id: string;
  readonly sources: NonNullable<ImageRow['sources']>;
}

/** By id, those of them that can be drawn. */
export async function shownImages(
  { projections }: Pick<ModuleRouteDependencies, 'projections'>,
  { tenant, imageIds }: { readonly tenant: string; readonly imageIds: readonly string[] },
): Promise<ReadonlyMap<string, ShownImage>> {
  const shown = new Map<string, ShownImage>();
  if (imageIds.length === 0) return shown;
  const rows = await projections.reader(imageList).getMany({ tenant, keys: imageIds });
  for (const [id, { row }] of rows) {
    // safe because rows of this model were made by it
    const { status, width, height, alt, sources } = row as ImageRow;
    if (sources !== null) shown.set(id, { id, status, width, height, alt, sources });
  }
  return shown;
}
