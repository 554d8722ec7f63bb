/** Reads again what a live feed says has changed; nothing while it is not known whose feed it is. */
import type { Arguments, Operation } from '../../../../src/client/client.ts';
import { readAgain } from '../../api/api.ts';
import { useLive } from '../../api/live.ts';

export function useRefresh<Op extends Operation & `GET ${string}`>(
  operation: Op,
  args: Arguments<Op>,
  { again, enabled }: { readonly again: readonly Operation[]; readonly enabled: boolean },
): void {
  useLive(operation, args, { enabled, onMessages: () => void readAgain(...again) });
}
