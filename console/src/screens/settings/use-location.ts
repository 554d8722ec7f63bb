/** One location, read again whenever one of its parts is changed here. */
import type { CallFailed } from '../../../../src/client/client.ts';
import { client, useRead } from '../../api/api.ts';
import { shaped } from '../order/order-types.ts';
import type { Seen } from '../lists/give-on.ts';
import { useEdit, type Edit, type EditOptions } from '../lists/use-edit.ts';
import type { LocationState } from './location-types.ts';

/** What shows a location, or a part of it. */
export const LOCATION_READS = [
  'GET /v1/business/locations',
  'GET /v1/business/locations/{id}',
  'GET /v1/business/locations/{id}/history',
] as const;

export function useLocationState(
  id: string,
  at: string | null,
): {
  readonly location: LocationState | null;
  readonly error: CallFailed | null;
  readAgain(): void;
} {
  const query = at === null ? {} : { query: { at } };
  const read = useRead('GET /v1/business/locations/{id}', { params: { id }, ...query });
  return {
    location: read.data === undefined ? null : shaped<LocationState>(read.data),
    error: read.error,
    readAgain: () => void read.refetch(),
  };
}

/** A form about a part of the location; `give` sends it with the version that it is based on. */
export function useLocationEdit<Part>(
  location: LocationState,
  part: (location: LocationState) => Part,
  options: Pick<EditOptions<Part>, 'give' | 'onSaved'>,
): Edit<Part> {
  const seenOf = (state: LocationState): Seen<Part> => ({
    version: state.version,
    part: part(state),
  });
  return useEdit<Part>({
    current: seenOf(location),
    readNewest: async () => {
      const { body } = await client.call('GET /v1/business/locations/{id}', {
        params: { id: location.id },
      });
      return seenOf(shaped<LocationState>(body));
    },
    ...options,
  });
}
