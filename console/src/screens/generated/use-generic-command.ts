/** Gives a command of the description, with one idempotency key an intention and with approval where one is needed. */
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';
import type { CallFailed, Operation } from '../../../../src/client/client.ts';
import { withApproval } from '../../api/approval.ts';
import { callGeneric, type AggregateItem, type CommandItem } from './generic-calls.ts';

export interface GivenCommand {
  readonly command: CommandItem;
  /** Of the thing; null for the command that makes one. */
  readonly id: string | null;
  readonly body: unknown;
  /** The version that the person saw. */
  readonly ifMatch?: number | undefined;
}

export function useGenericCommand(
  aggregate: AggregateItem,
): UseMutationResult<unknown, CallFailed, GivenCommand> {
  const cache = useQueryClient();
  const intention = useRef<{ readonly of: string; readonly key: string } | null>(null);
  return useMutation<unknown, CallFailed, GivenCommand>({
    mutationFn: async (given) => {
      const of = JSON.stringify(given);
      if (intention.current?.of !== of) intention.current = { of, key: crypto.randomUUID() };
      const { key: idempotencyKey } = intention.current;
      const { command, id, body, ifMatch } = given;
      const operation = `${command.method} ${command.path}`;
      const params = id === null ? {} : { params: { id } };
      const versioned = ifMatch === undefined ? {} : { ifMatch };
      const answer = await withApproval(
        (headers) =>
          callGeneric(operation, { ...params, ...versioned, body, idempotencyKey, headers }),
        // safe because it is an operation of the description
        { operation: operation as Operation, ...params, body },
      );
      intention.current = null;
      return answer;
    },
    onSuccess: () =>
      cache.invalidateQueries({
        predicate: ({ queryKey: [operation] }) =>
          typeof operation === 'string' && operation.startsWith(`GET ${aggregate.path}`),
      }),
  });
}
