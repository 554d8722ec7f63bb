/** What the server says of the demo; other businesses do not ask. */
import { useQuery } from '@tanstack/react-query';
import { CallFailed } from '../../../../src/client/client.ts';
import { useSession } from '../../api/session.ts';
import { DEMO_TENANT } from '../../session/demo-tenant.ts';
import { callGeneric } from '../generated/generic-calls.ts';
import { isObject } from '../generated/schema.ts';

export interface Demo {
  readonly demo: boolean;
  readonly breakIt: boolean;
  readonly hints: readonly string[];
}

/** null where there is none; undefined while it is asked. */
export function useDemo(): Demo | null | undefined {
  const isDemo = useSession().tenant === DEMO_TENANT;
  const demo = useQuery<Demo | null, CallFailed>({
    queryKey: ['GET /v1/demo', {}],
    enabled: isDemo,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      try {
        return demoOf(await callGeneric('GET /v1/demo', { signal }));
      } catch (error) {
        if (error instanceof CallFailed && error.status === 404) return null;
        throw error;
      }
    },
  });
  return demo.isError || !isDemo ? null : demo.data;
}

function demoOf(body: unknown): Demo | null {
  if (!isObject(body) || body['demo'] !== true) return null;
  const hints = Array.isArray(body['hints'])
    ? body['hints'].filter((hint) => typeof hint === 'string')
    : [];
  return { demo: true, breakIt: body['breakIt'] === true, hints };
}
