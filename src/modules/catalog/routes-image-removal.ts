/** POST /v1/catalog/images/{id}/remove, which also lets the blobs go, and the sweep for what a crash left. */
import { STREAM_ID } from '../../core/aggregate.ts';
import type { Blobs } from '../../core/blobs.ts';
import type { Clock } from '../../core/clock.ts';
import { auditedOwn } from '../../http/modules/audited.ts';
import { expectedVersionOf, idempotencyKeyOf } from '../../http/modules/command-headers.ts';
import type { ModuleRouteDependencies, ModuleRoutes } from '../../http/modules/services.ts';
import { unknownId } from '../../http/moments.ts';
import type { Answer, Call } from '../../http/route.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { Projections } from '../../projections/projections.ts';
import { IMAGE_REFUSALS, removeImage } from './images/commands.ts';
import { holderOf } from './images/holder.ts';
import { releaseLostImages } from './images/lost-images.ts';
import { imageList } from './images/read-models/image-list.ts';
import type { ImageState } from './images/state.ts';
import { IMAGES_CATEGORY } from './images/stream.ts';
import { doneAnswer } from './routes-answers.ts';
import { MAY_EDIT } from './routes-images.ts';

/** There is nothing to say. */
const BYTES_MAX = 1024;

export const imageRemovalRoutes: ModuleRoutes = (deps) => [
  {
    method: 'POST',
    path: '/v1/catalog/images/{id}/remove',
    operationId: 'removeImage',
    tag: 'Catalog',
    summary: removeImage.summary,
    description:
      'What another picture has in common with it stays. Removing it again changes nothing.',
    access: MAY_EDIT,
    parameters: [
      {
        name: 'id',
        in: 'path',
        description: 'The id that the upload was answered with.',
        schema: { type: 'string', maxLength: 128 },
        example: '01995b1e-7c2a-7d31-9f00-3c1d2e4f5a6b',
      },
      {
        name: 'If-Match',
        in: 'header',
        description: 'The version it must be at, in quotes: else 412.',
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
      validatedLater: true,
      content: { 'application/json': { schema: removeImage.input, example: {} } },
    },
    answers: {
      200: {
        description: 'It is gone',
        headers: ['etag'],
        schema: {
          type: 'object',
          required: ['version', 'cursor'],
          properties: { version: { type: 'integer' }, cursor: { type: 'string' } },
        },
        example: { version: 4, cursor: 'MS5hYmMuMy40Mg' },
      },
    },
    errors: ['INPUT_INVALID', 'NOT_FOUND', 'PRECONDITION_FAILED', 'VERSION_CONFLICT'],
    refusals: IMAGE_REFUSALS,
    handle: (call) => remove(deps, call),
  },
];

async function remove(deps: ModuleRouteDependencies, call: Call): Promise<Answer> {
  const { pipeline, blobs } = deps;
  const { principal, request, params } = call;
  const id = params['id'] ?? '';
  if (!STREAM_ID.test(id)) throw unknownId();
  const { tenant } = principal;
  const answer = await pipeline.handle({
    principal,
    category: IMAGES_CATEGORY,
    command: removeImage.name,
    id,
    input: call.body,
    expectedVersion: expectedVersionOf(request.headers),
    idempotencyKey: idempotencyKeyOf(request.headers),
  });
  if (answer.status === 'done' && blobs !== undefined)
    await release({ pipeline, blobs }, { tenant, id });
  const { traceId } = call;
  const audited = auditedOwn(deps.modules, {
    category: IMAGES_CATEGORY,
    type: removeImage,
    answer,
  });
  return doneAnswer(deps.log, { answer, tenant, traceId, refusals: IMAGE_REFUSALS, audited });
}

/** The picture is gone whether this succeeds or not; what stays behind, the sweep finds. */
async function release(
  { pipeline, blobs }: Pick<ModuleRouteDependencies, 'pipeline'> & { readonly blobs: Blobs },
  { tenant, id }: { readonly tenant: string; readonly id: string },
): Promise<void> {
  const state = await stateOf(pipeline, tenant, id);
  if (state.status !== 'removed') return;
  for (const { key } of state.variants ?? [])
    await blobs.release(tenant, { key, holder: holderOf(id) }).catch(() => undefined);
}

async function stateOf(
  pipeline: Pick<Pipeline, 'load'>,
  ...[tenant, id]: readonly [tenant: string, id: string]
): Promise<ImageState> {
  const { state } = await pipeline.load(tenant, IMAGES_CATEGORY, id);
  // safe because this category has states of this type
  return state as ImageState;
}

/**
 * Lets go of blobs whose picture never came to be or is gone; answers with how many. To be run once a day, beside the
 * `sweep` of the blobs.
 */
export function sweepGallery(deps: {
  readonly blobs: Blobs;
  readonly pipeline: Pick<Pipeline, 'load'>;
  readonly projections: Pick<Projections, 'reader'>;
  readonly clock: Clock;
}): Promise<number> {
  const reader = deps.projections.reader(imageList);
  return releaseLostImages({
    blobs: deps.blobs,
    nowMs: deps.clock.nowMs(),
    listed: async (tenant, keys) => new Set((await reader.getMany({ tenant, keys })).keys()),
    state: (tenant, id) => stateOf(deps.pipeline, tenant, id),
  });
}
