/** Commands of a module: their input drives validation, OpenAPI, console forms and the load generator. */
import type { Static, TSchema } from 'typebox';

export interface CommandType<Name extends string = string, Input extends TSchema = TSchema> {
  /** Imperative, as in code: `RegisterCustomer`. */
  readonly name: Name;
  /** The word in the address of a follow-up command, such as `rename`; null for the command that creates. */
  readonly word: string | null;
  /** One sentence for people: what the command does. */
  readonly summary: string;
  /**
   * Second word of the permission it needs: `refund` stands for `orders:refund`. `write` by default, which whoever holds
   * all permissions of the module has.
   */
  readonly permission: string;
  /** Whether somebody without the permission may have the command approved by somebody who holds it. */
  readonly approvable: boolean;
  /**
   * Given all day by whoever may give it, and giving nothing away, such as placing an order: beside its events it leaves no
   * entry in the audit trail, whatever permission it needs.
   */
  readonly everyday: boolean;
  /** Given by a route of the module's own, which knows what nobody outside can say: it has no address and no form. */
  readonly internal: boolean;
  readonly input: Input;
  /** Valid inputs: shown in OpenAPI, sent by bench and simulator, proven valid by a test. */
  readonly examples: readonly Static<Input>[];
}

/**
 * What `decide` sees. Time, ids and randomness are values here, so that deciding again gives the same events.
 */
export interface CommandOf<Name extends string = string, Input = unknown> {
  readonly type: Name;
  /** Id within the category: `01J9...` of `customers/01J9...`. */
  readonly id: string;
  readonly input: Input;
  /** RFC 3339 in UTC with milliseconds: when the command was taken in. */
  readonly at: string;
  /** Unique for each command; ids of parts made by it derive from it. */
  readonly commandId: string;
  /** 128 bits of randomness in base64url, for tokens; the same when the command is decided again. */
  readonly secret: string;
  /** Who asked: the id of a key or user, or `policy:NAME`. */
  readonly actor: string;
  /** The user who approved it, where approval was needed. */
  readonly approver: string | null;
  /** The next number of the series that the aggregate's `series` named; 0 where it names none. */
  readonly number: number;
}

export type CommandFor<Type extends CommandType> =
  Type extends CommandType<infer Name, infer Input> ? CommandOf<Name, Static<Input>> : never;

export function defineCommand<const Name extends string, Input extends TSchema>(options: {
  readonly name: Name;
  readonly word?: string;
  readonly summary: string;
  readonly permission?: string;
  readonly approvable?: boolean;
  readonly everyday?: boolean;
  readonly internal?: boolean;
  readonly input: Input;
  readonly examples: readonly Static<Input>[];
}): CommandType<Name, Input> {
  const { name, word = null, permission = 'write', approvable = false, internal = false } = options;
  if (word !== null && !/^[a-z][a-z0-9-]{0,39}$/.test(word))
    throw new TypeError(`${name}: ${word} cannot stand in an address`);
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(permission) || permission === 'read')
    throw new TypeError(`${name}: ${permission} cannot be the permission of a command`);
  const { summary, input, examples, everyday = false } = options;
  if (everyday && approvable)
    throw new TypeError(`${name}: what has to be approved is not an everyday command`);
  return { name, word, summary, permission, approvable, everyday, internal, input, examples };
}
