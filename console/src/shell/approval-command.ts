/** How a refused call is named in a request for approval: category, command, stream and input. Pure. */
import type { RefusedCommand } from '../api/approval.ts';
import type { Operations } from '../../../src/client/client.ts';

export type ModuleItem = Operations['GET /v1/modules']['answer']['items'][number];

export interface NamedCommand {
  readonly category: string;
  readonly command: string;
  readonly id: string | null;
  readonly input: unknown;
}

/** Errors: an operation that is no command of a module, which the server never answers with APPROVAL_REQUIRED. */
export function commandOf(modules: readonly ModuleItem[], refused: RefusedCommand): NamedCommand {
  const [method, path] = refused.operation.split(' ');
  for (const aggregate of modules.flatMap((module) => module.aggregates)) {
    const command = aggregate.commands.find((each) => each.method === method && each.path === path);
    if (command !== undefined)
      return {
        category: aggregate.category,
        command: command.name,
        id: command.word === null ? null : String(refused.params?.['id'] ?? ''),
        input: refused.body ?? {},
      };
  }
  throw new Error(`${refused.operation} is no command of a module`);
}
