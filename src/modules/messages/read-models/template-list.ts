import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import {
  TEMPLATE_EVENTS,
  type TemplateEvent,
  type TemplateText,
  type TemplateVariable,
} from '../templates/events.ts';
import {
  approvalOf,
  evolve,
  type TemplateReview,
  type TemplateState,
  type TemplateVersion,
} from '../templates/state.ts';

export interface TemplateRow {
  readonly name: string;
  readonly channel: string;
  readonly category: string;
  readonly status: string;
  readonly version: number;
  /** The worst of its languages. */
  readonly approval: string;
  readonly variables: readonly TemplateVariable[];
  readonly texts: readonly TemplateText[];
  readonly reviews: readonly TemplateReview[];
  /** The approved version before, as long as it may still go out. */
  readonly previous: TemplateVersion | null;
  readonly cost_per_thousand: { readonly amount: number; readonly currency: string } | null;
  readonly created_at: string;
  readonly changed_at: string;
  readonly [column: string]: unknown;
}

export const templateList = defineReadModel<Recorded<TemplateEvent>, TemplateRow>({
  name: 'messages.templates',
  version: 1,
  columns: {
    name: 'text',
    channel: 'text',
    category: 'text',
    status: 'text',
    version: 'integer',
    approval: 'text',
    variables: 'jsonb',
    texts: 'jsonb',
    reviews: 'jsonb',
    previous: 'jsonb',
    cost_per_thousand: 'jsonb',
    created_at: 'timestamptz',
    changed_at: 'timestamptz',
  },
  indexes: [['name']],
  on: TEMPLATE_EVENTS,
  keys: (event) => [event.data.templateId],
  project(row, event) {
    const state = evolve(row === null ? { status: 'unknown' } : stateOf(row), event);
    if (state.status === 'unknown') return null;
    const { name, channel, category, status, version, variables, texts, reviews } = state;
    return {
      name,
      channel,
      category,
      status,
      version,
      approval: approvalOf(reviews),
      variables,
      texts,
      reviews,
      previous: state.previous,
      cost_per_thousand: state.costPerThousand,
      created_at: row?.created_at ?? event.at,
      changed_at: event.at,
    };
  },
  personal: 'none',
  list: {
    filters: {
      channel: 'channel',
      category: 'category',
      status: 'status',
      approval: 'approval',
      name: 'name',
    },
    order: [{ column: 'name' }],
  },
});

/** A row holds all of the state. */
function stateOf({ cost_per_thousand: costPerThousand, ...row }: TemplateRow): TemplateState {
  // safe because only `project` makes rows, from the state itself
  return { ...row, costPerThousand } as unknown as TemplateState;
}
