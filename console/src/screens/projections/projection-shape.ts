import type { Operations } from '../../../../src/client/client.ts';

/** A read model as the list of them answers it. */
export type Projection = Operations['GET /v1/projections']['answer']['items'][number];
