/**
 * What is known of those a message would go to: read from lists, which are quick for many and may be a moment behind, or from
 * the log, which is not. What is dropped is dropped for good, so nothing is by the word of a list alone.
 */
import type { ReadModel } from '../../core/read-model.ts';
import { customerList, CUSTOMERS, type CustomerState } from '../../modules/customers/index.ts';
import {
  conversationList,
  CONVERSATIONS,
  optInList,
  OPT_INS,
  suppressionList,
  SUPPRESSIONS,
  type ConversationState,
  type OptInState,
  type SuppressionState,
} from '../../modules/messages/index.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { ReadRow, RowReader } from '../../projections/projections.ts';

export interface CustomerStanding {
  /** False for whoever is archived or merged. */
  readonly active: boolean;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** Channels. */
  readonly consents: readonly string[];
  /** IANA; null where nobody knows it. */
  readonly timeZone: string | null;
}

export interface ConversationStanding {
  readonly optedOut: boolean;
  /** RFC 3339. */
  readonly lastInboundAt: string | null;
}

export interface Asked {
  readonly tenant: string;
  readonly ids: readonly string[];
}

/** Each answers with what is there, by id. Errors: UNAVAILABLE and the like. */
export interface Standing {
  customers(asked: Asked): Promise<ReadonlyMap<string, CustomerStanding>>;
  conversations(asked: Asked): Promise<ReadonlyMap<string, ConversationStanding>>;
  /** Of addresses that are suppressed now: for what. */
  suppressions(asked: Asked): Promise<ReadonlyMap<string, 'marketing' | 'all'>>;
  /** Of opt-ins that were confirmed. */
  confirmed(asked: Asked): Promise<ReadonlyMap<string, true>>;
}

export function standingInLists(
  reader: (model: ReadModel) => Pick<RowReader, 'getMany'>,
): Standing {
  async function found<Known>(
    model: ReadModel,
    { tenant, ids }: Asked,
    known: (row: ReadRow['row']) => Known | null,
  ): Promise<ReadonlyMap<string, Known>> {
    if (ids.length === 0) return new Map();
    const rows = await reader(model).getMany({ tenant, keys: [...new Set(ids)] });
    return present([...rows].map(([id, { row }]) => [id, known(row)]));
  }

  return {
    customers: (asked) =>
      found(customerList, asked, (row) => ({
        active: row['status'] === 'active',
        name: textOf(row['name']),
        email: textOf(row['email']),
        phone: textOf(row['phone']),
        consents: textsOf(row['consents']),
        timeZone: textOf(row['time_zone']),
      })),
    conversations: (asked) =>
      found(conversationList, asked, (row) => ({
        optedOut: row['opted_out'] === true,
        lastInboundAt: textOf(row['last_inbound_at']),
      })),
    suppressions: (asked) =>
      found(suppressionList, asked, ({ status, scope }) => suppressed(status, scope)),
    confirmed: (asked) => found(optInList, asked, ({ status }) => status === 'confirmed' || null),
  };
}

export function standingInLog(pipeline: Pick<Pipeline, 'load'>): Standing {
  async function found<State, Known>(
    category: string,
    { tenant, ids }: Asked,
    known: (state: State) => Known | null,
  ): Promise<ReadonlyMap<string, Known>> {
    const loaded = await Promise.all(
      [...new Set(ids)].map(async (id) => {
        const { state } = await pipeline.load(tenant, category, id);
        // safe because the stream of a category has the state of its aggregate
        return [id, known(state as State)] as const;
      }),
    );
    return present(loaded);
  }

  return {
    customers: (asked) =>
      found(CUSTOMERS, asked, (state: CustomerState) => {
        if (state.status === 'unknown') return null;
        const { status, name, email, phone, consents, timeZone = null } = state;
        const channels = consents.map(({ channel }) => channel);
        return { active: status === 'active', name, email, phone, consents: channels, timeZone };
      }),
    conversations: (asked) =>
      found(CONVERSATIONS, asked, (state: ConversationState) => {
        if (state.status === 'none') return null;
        const { optedOut, lastInboundAt } = state;
        return { optedOut, lastInboundAt };
      }),
    suppressions: (asked) =>
      found(SUPPRESSIONS, asked, (state: SuppressionState) =>
        state.status === 'none' ? null : suppressed(state.status, state.scope),
      ),
    confirmed: (asked) =>
      found(OPT_INS, asked, ({ status }: OptInState) => status === 'confirmed' || null),
  };
}

function present<Known>(
  entries: readonly (readonly [string, Known | null])[],
): ReadonlyMap<string, Known> {
  return new Map(entries.flatMap(([id, known]) => (known === null ? [] : [[id, known] as const])));
}

function suppressed(status: unknown, scope: unknown): 'marketing' | 'all' | null {
  if (status !== 'suppressed') return null;
  return scope === 'marketing' ? 'marketing' : 'all';
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
