/**
 * POST /v1/catalog/images: a picture is rendered by a child, its variants are kept as blobs that the picture holds, and
 * then the event is appended. What fails before the append is let go at once; after an append whose outcome is not known
 * nothing is touched, and `releaseLostImages` asks the log an hour later.
 */
import type { Principal } from '../../access/principal.ts';
import type { BlobOwner, Blobs } from '../../core/blobs.ts';
import { Failure, type ErrorCode } from '../../core/errors.ts';
import {
  IMAGE_BYTES_MAX,
  IMAGE_TYPES,
  type ImageOutcome,
  type ImagePort,
  type RenderedImage,
  type VariantContent,
} from '../../core/images.ts';
import { auditedOwn } from '../../http/modules/audited.ts';
import { idempotencyKeyOf } from '../../http/modules/command-headers.ts';
import { rawBody } from '../../http/modules/raw-body.ts';
import type { ModuleRouteDependencies, ModuleRoutes } from '../../http/modules/services.ts';
import { invalid, NO_ID } from '../../http/query-input.ts';
import type { Answer, Call, CommandAccess, Route } from '../../http/route.ts';
import type { CommandAnswer, Pipeline } from '../../pipeline/pipeline.ts';
import { IMAGE_REFUSALS, uploadImage } from './images/commands.ts';
import { holderOf } from './images/holder.ts';
import type { ImageState, ImageVariant } from './images/state.ts';
import { IMAGES_CATEGORY } from './images/stream.ts';
import { createdAnswer } from './routes-answers.ts';
import { digest } from './routes-digest.ts';

const PATH = '/v1/catalog/images';
/** 25 MB over a line of 1.7 Mbit/s. */
const UPLOAD_MS_MAX = 120_000;
/** A variant is smaller than what it was made from but for a picture that was squeezed to the utmost. */
const VARIANT_BYTES_MAX = 2 * IMAGE_BYTES_MAX;

export const MAY_EDIT: CommandAccess = {
  kind: 'command',
  scope: 'catalog:edit',
  impliedBy: 'catalog:write',
  approvable: false,
};

const bytes = { schema: { type: 'string', format: 'binary' } };

const ROUTE: Omit<Route, 'handle'> = {
  method: 'POST',
  path: PATH,
  operationId: 'uploadImage',
  tag: 'Catalog',
  summary: uploadImage.summary,
  description:
    'The body is the picture itself. Its content decides what it is; where and with what it was taken is not kept.',
  access: MAY_EDIT,
  parameters: [
    {
      name: 'personId',
      in: 'query',
      description:
        'Whose picture it is: it goes when that person is erased. Of the house by default.',
      schema: { type: 'string', maxLength: 128 },
    },
    {
      name: 'Idempotency-Key',
      in: 'header',
      description: 'A repetition with the same key and picture gets the first answer.',
      schema: { type: 'string' },
      example: '"terrace-17"',
    },
  ],
  body: {
    raw: true,
    bytesMax: IMAGE_BYTES_MAX,
    content: Object.fromEntries(IMAGE_TYPES.map((type) => [type, bytes])),
  },
  answers: {
    201: {
      description: 'The picture is in the gallery, seen by nobody outside yet',
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
      example: { id: '01995b1e-7c2a-7d31-9f00-3c1d2e4f5a6b', version: 1, cursor: 'MS5hYmMuMy40Mg' },
    },
  },
  errors: [
    'INPUT_INVALID',
    'TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
    'IMAGE_UNREADABLE',
    'IMAGE_TOO_LARGE',
    'PERSON_ERASED',
    'IDEMPOTENCY_MISMATCH',
    'OVERLOADED',
    'STORAGE_FULL',
  ],
  refusals: IMAGE_REFUSALS,
};

export const imageRoutes: ModuleRoutes = (deps) => [
  { ...ROUTE, handle: (call) => upload(deps, call) },
];

/** Errors: UNAVAILABLE where this server keeps no files. */
export function galleryPorts({ blobs, images }: ModuleRouteDependencies): {
  readonly blobs: Blobs;
  readonly images: ImagePort;
} {
  if (blobs === undefined || images === undefined)
    throw new Failure('UNAVAILABLE', 'This server keeps no pictures.');
  return { blobs, images };
}

async function upload(deps: ModuleRouteDependencies, call: Call): Promise<Answer> {
  const { blobs, images } = galleryPorts(deps);
  const { principal, request } = call;
  const { tenant } = principal;
  checkDeclaredType(request.headers['content-type']);
  const idempotencyKey = idempotencyKeyOf(request.headers);
  const personId = personIdOf(call);
  const imageId = await imageIdFor(principal, idempotencyKey);
  const body = rawBody(request, { bytesMax: IMAGE_BYTES_MAX, msMax: UPLOAD_MS_MAX });
  const keeper = { blobs, pipeline: deps.pipeline, tenant, imageId, personId };
  const outcome = await images.render(body, async (image, variants) => {
    const kept = await keepVariants(keeper, variants);
    const append = deps.pipeline.handle({
      principal,
      category: IMAGES_CATEGORY,
      command: uploadImage.name,
      id: imageId,
      input: inputOf(image, kept, personId),
      idempotencyKey,
    });
    return settled(keeper, kept, append);
  });
  const answer = resultOf(outcome);
  return createdAnswer(deps.log, {
    answer,
    tenant,
    path: PATH,
    traceId: call.traceId,
    refusals: IMAGE_REFUSALS,
    audited: auditedOwn(deps.modules, { category: IMAGES_CATEGORY, type: uploadImage, answer }),
  });
}

/**
 * A repetition under the same key must be the same request, and so name the same picture; its blobs are then those that
 * are held already.
 */
async function imageIdFor(
  { keyId }: Principal,
  idempotencyKey: string | undefined,
): Promise<string> {
  if (idempotencyKey === undefined) return crypto.randomUUID();
  return digest(JSON.stringify(['image', keyId, idempotencyKey]));
}

/** What is declared is only a first look: the content decides. Errors: UNSUPPORTED_MEDIA_TYPE. */
function checkDeclaredType(header: string | undefined): void {
  const declared = header?.split(';')[0]?.trim().toLowerCase();
  if (IMAGE_TYPES.some((type) => type === declared)) return;
  throw new Failure(
    'UNSUPPORTED_MEDIA_TYPE',
    `Send the picture as it is, as one of ${IMAGE_TYPES.join(', ')}.`,
  );
}

function personIdOf({ query }: Call): string | undefined {
  const personId = query.get('personId');
  if (personId !== undefined && !/^[A-Za-z0-9][A-Za-z0-9._~:-]{0,127}$/.test(personId))
    throw invalid('personId', 'must be the id of a person.', NO_ID);
  return personId;
}

interface Keeper {
  readonly blobs: Blobs;
  readonly pipeline: Pick<Pipeline, 'load'>;
  readonly tenant: string;
  readonly imageId: string;
  readonly personId: string | undefined;
}

/** All of them, or none: what was kept before one failed is let go. Errors: those of `put`. */
async function keepVariants(
  keeper: Keeper,
  variants: readonly VariantContent[],
): Promise<readonly ImageVariant[]> {
  const { blobs, tenant, imageId, personId } = keeper;
  const owner: BlobOwner =
    personId === undefined ? { kind: 'tenant' } : { kind: 'person', personId };
  const kept: ImageVariant[] = [];
  try {
    for (const { type, width, height, content } of variants) {
      const put = await blobs.put({
        tenant,
        owner,
        holder: holderOf(imageId),
        content: content(),
        bytesMax: VARIANT_BYTES_MAX,
      });
      kept.push({ type, width, height, ...put });
    }
  } catch (error) {
    await release(keeper, kept);
    throw error;
  }
  return kept;
}

function inputOf(
  { type, width, height }: RenderedImage,
  variants: readonly ImageVariant[],
  personId: string | undefined,
): object {
  return { type, width, height, variants, ...(personId === undefined ? {} : { personId }) };
}

/** Refused for good before anything was appended, and nobody else is about to append the same. */
const NOT_APPENDED: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'FORBIDDEN',
  'INPUT_INVALID',
  'IDEMPOTENCY_MISMATCH',
  'PERSON_ERASED',
]);

/** Lets the blobs go when the picture came to nothing. */
async function settled(
  keeper: Keeper,
  kept: readonly ImageVariant[],
  append: Promise<CommandAnswer>,
): Promise<CommandAnswer> {
  try {
    const answer = await append;
    if (answer.status === 'refused') await release(keeper, kept);
    return answer;
  } catch (error) {
    if (error instanceof Failure && NOT_APPENDED.has(error.code)) await release(keeper, kept);
    throw error;
  }
}

/** But for what an earlier picture under the same id has. What cannot be let go now, the sweep finds later. */
async function release(keeper: Keeper, kept: readonly ImageVariant[]): Promise<void> {
  const { blobs, pipeline, tenant, imageId } = keeper;
  try {
    const { state } = await pipeline.load(tenant, IMAGES_CATEGORY, imageId);
    // safe because this category has states of this type
    const image = state as ImageState;
    const needed = image.status === 'unknown' || image.status === 'removed' ? [] : image.variants;
    const keys = new Set((needed ?? []).map(({ key }) => key));
    for (const { key } of kept)
      if (!keys.has(key)) await blobs.release(tenant, { key, holder: holderOf(imageId) });
  } catch {
    // Whoever sent the picture has the answer to that; this is only tidying.
  }
}

/** Errors: IMAGE_UNREADABLE, IMAGE_TOO_LARGE, UNAVAILABLE. */
function resultOf<Result>(outcome: ImageOutcome<Result>): Result {
  switch (outcome.kind) {
    case 'done':
      return outcome.result;
    case 'refused':
      throw new Failure(
        outcome.code === 'IMAGE_TOO_LARGE' ? 'IMAGE_TOO_LARGE' : 'IMAGE_UNREADABLE',
        outcome.detail,
      );
    case 'capped':
      throw new Failure('IMAGE_TOO_LARGE', `The picture took more ${outcome.cap} than one may.`);
    case 'failed':
      throw new Failure('UNAVAILABLE', 'The picture could not be worked on; send it again.');
  }
}
