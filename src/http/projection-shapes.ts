/** Shapes of the routes of projections. */
import { Type } from 'typebox';

const Count = Type.Integer({ minimum: 0 });
const Time = Type.String({ format: 'date-time', description: 'RFC 3339 with zone.' });

const Generation = Type.Object({
  generation: Count,
  version: Type.Integer({ description: 'Version of the read model that fills it.' }),
  state: Type.String({ description: 'active, filling or retired.' }),
  behindEvents: Count,
  eventsDone: Count,
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  startedAt: Time,
});

export const ProjectionJson = Type.Object({
  name: Type.String(),
  paused: Type.Boolean(),
  lagSeconds: Type.Number({ description: 'Age of the oldest event that is not shown yet.' }),
  parkedEvents: Count,
  generations: Type.Array(Generation),
  shadows: Type.Array(
    Type.Object({
      asOf: Time,
      ready: Type.Boolean(),
      progress: Type.Number({ minimum: 0, maximum: 1 }),
      eventsDone: Count,
      behindEvents: Count,
    }),
  ),
});

export const ProjectionPage = Type.Object({ items: Type.Array(ProjectionJson) });

export const RebuildRequest = Type.Object(
  { asOf: Type.Optional(Time) },
  {
    additionalProperties: false,
    description: 'With asOf a copy as of that moment is built, else the copy in use is replaced.',
  },
);

export const ParkedPage = Type.Object({
  items: Type.Array(
    Type.Object({
      bucket: Count,
      position: Type.String(),
      tenant: Type.String(),
      stream: Type.String({ description: 'Empty when the event has none.' }),
      type: Type.String(),
      reason: Type.String({
        description:
          'Step and kind of error, or `behind` for events that wait behind a parked one.',
      }),
      attempts: Count,
      parkedAt: Time,
    }),
  ),
  more: Type.Boolean(),
});

export const ParkedStream = Type.Object(
  { tenant: Type.String({ minLength: 1 }), stream: Type.String() },
  { additionalProperties: false },
);

export const ParkedLeft = Type.Object({ left: Count });

export const ProjectionCheckPage = Type.Object({
  items: Type.Array(
    Type.Object({
      name: Type.String(),
      parkedEvents: Count,
      beyondHead: Type.Array(Count),
      samples: Type.Array(
        Type.Object({ bucket: Count, position: Type.String(), equal: Type.Boolean() }),
      ),
      notCompared: Type.Integer({
        minimum: 0,
        description: 'Buckets with events whose rows were not compared, most of all large ones.',
      }),
    }),
  ),
  next: Type.Union([Type.String(), Type.Null()], {
    description: 'The name to go on after; null at the end.',
  }),
  snapshots: Type.Optional(
    Type.Object(
      {
        compared: Count,
        differing: Type.Array(
          Type.Object({ bucket: Count, category: Type.String(), version: Type.String() }),
        ),
      },
      { description: 'Snapshots compared with the fold of their streams; on the first page only.' },
    ),
  ),
});
