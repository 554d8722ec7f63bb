/**
 * Which commands of modules leave an entry. Every command is recorded by its events: who, what, when, with which approval,
 * in a log that is never rewritten (L12). An entry beside it, with the client's address, is written for those that give
 * something away or undo something: a row a command would double what a till costs (docs/decisions/0011-audit-chain.md).
 */
import type { AuditTrail } from '../core/audit.ts';
import type { CommandType } from '../core/command-type.ts';

/** A command that was accepted. */
export interface DoneCommand {
  readonly type: Pick<CommandType, 'name' | 'permission' | 'approvable' | 'everyday'>;
  /** What it was about: `orders/01J9...`. */
  readonly stream: string;
  /** Of the stream, afterwards. */
  readonly version: number;
  /** Whose stream it is: the input is then sealed under the key of that person. */
  readonly person?: string;
  readonly input?: unknown;
  /** `user:ID` of who approved it; absent where nobody had to. */
  readonly approver?: string;
}

/** Who gave it and where from. */
export interface CommandCaller {
  readonly tenant: string;
  readonly actor: string;
  /** Null for what the server does itself. */
  readonly address: string | null;
  readonly route?: string;
  readonly traceId?: string;
}

/** Approvable ones, and those that want more than the common right to write and are not the everyday work of a till. */
function isSensitive({ permission, approvable, everyday }: DoneCommand['type']): boolean {
  return approvable || (permission !== 'write' && !everyday);
}

/** Notes a command that is sensitive or was approved, and no other. Not for answers that were replayed. */
export function auditCommand(audit: AuditTrail, caller: CommandCaller, done: DoneCommand): void {
  const { tenant, actor, address, route, traceId } = caller;
  const { type, stream, version, person, input, approver } = done;
  if (!isSensitive(type) && approver === undefined) return;
  audit.note({
    tenant,
    class: 'audit',
    action: 'command.done',
    actor,
    approver,
    address,
    subject: stream,
    route,
    traceId,
    subjects: person === undefined ? undefined : [person],
    after: { command: type.name, version, input },
  });
}
