/** Shapes of documents over HTTP. */
import { Type } from 'typebox';
import { INPUTS_MAX, LINK_SECONDS_MAX } from './limits.ts';
import { OPTIONS } from './operations.ts';

const Id = Type.String({ format: 'uuid' });
const Time = Type.String({ format: 'date-time' });
const nullable = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
const OPERATIONS = Object.keys(OPTIONS);

export const DocumentShape = {
  type: 'object',
  properties: {
    id: Id,
    name: nullable(Type.String()),
    status: { enum: ['judging', 'judged'] },
    verdict: { enum: ['clean', 'disarmed', 'locked', 'refused', null] },
    reasons: {
      type: 'array',
      items: Type.Object({ code: Type.String(), detail: Type.String() }),
    },
    removed: {
      type: 'array',
      items: Type.Object({ code: Type.String(), count: Type.Integer() }),
    },
    sha256: Type.String(),
    pages: nullable(Type.Integer()),
    bytes: Type.Integer(),
    mediaType: Type.String(),
    madeBy: nullable(Id),
    createdAt: Time,
    expiresAt: nullable(Time),
  },
};

export const DocumentPage = {
  type: 'object',
  properties: {
    items: { type: 'array', items: DocumentShape },
    next: nullable(Id),
    more: Type.Boolean(),
  },
};

export const Accepted = Type.Object({ id: Id });

export const JobRequest = Type.Object(
  {
    operation: Type.Unsafe<string>({ enum: OPERATIONS }),
    inputs: Type.Array(Id, { minItems: 1, maxItems: INPUTS_MAX }),
    options: Type.Optional(Type.Object({}, { description: 'Those of the operation.' })),
  },
  { additionalProperties: false },
);

export const JobShape = {
  type: 'object',
  properties: {
    id: Id,
    operation: { enum: [...OPERATIONS, 'print'] },
    inputs: Type.Array(Id),
    status: { enum: ['waiting', 'running', 'done', 'failed', 'cancelled'] },
    progress: Type.Number(),
    resultId: Id,
    resultIds: Type.Array(Id),
    code: Type.String(),
    createdAt: Time,
    endedAt: nullable(Time),
  },
};

export const JobPage = {
  type: 'object',
  properties: {
    items: { type: 'array', items: JobShape },
    next: nullable(Id),
    more: Type.Boolean(),
  },
};

export const LinkRequest = Type.Object(
  { seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: LINK_SECONDS_MAX })) },
  { additionalProperties: false },
);
export const LinkShape = Type.Object({ url: Type.String(), expiresAt: Time });
