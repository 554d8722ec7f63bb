import { textFor } from '../rules/fill-template.ts';
import type { TemplateApproval } from '../rules/verdict.ts';
import type { TemplateEvent, TemplateText, TemplateVariable } from './events.ts';

export const TEMPLATES = 'messages.templates';

type Content = Omit<
  Extract<TemplateEvent, { readonly type: 'TemplateCreated' }>['data'],
  'templateId' | 'version'
>;

export interface TemplateReview {
  readonly language: string;
  readonly approval: TemplateApproval;
  readonly reason: string | null;
  readonly providerId: string | null;
}

export interface TemplateVersion {
  readonly version: number;
  readonly variables: TemplateVariable[];
  readonly texts: TemplateText[];
  /** One for each text. */
  readonly reviews: readonly TemplateReview[];
}

export interface KnownTemplate extends Content, TemplateVersion {
  readonly status: 'active' | 'archived';
  readonly variables: TemplateVariable[];
  readonly texts: TemplateText[];
  /** The last one replaced that was approved: it goes out until the newest is, and to whoever was promised it. */
  readonly previous: TemplateVersion | null;
}

export type TemplateState = { readonly status: 'unknown' } | KnownTemplate;

export const initialState: TemplateState = { status: 'unknown' };

export function evolve(state: TemplateState, event: TemplateEvent): TemplateState {
  if (event.type === 'TemplateCreated' || event.type === 'TemplateChanged') {
    const { templateId: _id, ...content } = event.data;
    const previous = state.status === 'unknown' ? null : keptOf(state);
    return { ...content, status: 'active', reviews: content.texts.map(unreviewed), previous };
  }
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'TemplateSubmitted':
      if (event.data.version !== state.version) return state;
      return { ...state, reviews: state.reviews.map(submitted) };
    case 'TemplateReviewed': {
      // A review of an older version says nothing of this one.
      if (event.data.version !== state.version) return state;
      const { language, review: approval, reason, providerId } = event.data;
      const reviewed = { language, approval, reason, providerId };
      return {
        ...state,
        reviews: state.reviews.map((held) => (held.language === language ? reviewed : held)),
      };
    }
    case 'TemplateArchived':
      return { ...state, status: 'archived' };
  }
}

function keptOf(state: KnownTemplate): TemplateVersion | null {
  const { version, variables, texts, reviews } = state;
  const wasApproved = reviews.some(({ approval }) => approval === 'approved');
  return wasApproved ? { version, variables, texts, reviews } : state.previous;
}

function unreviewed({ language }: TemplateText): TemplateReview {
  return { language, approval: 'draft', reason: null, providerId: null };
}

function submitted(review: TemplateReview): TemplateReview {
  return review.approval === 'draft' ? { ...review, approval: 'submitted' } : review;
}

type Versions = Pick<KnownTemplate, 'version' | 'variables' | 'texts' | 'reviews' | 'previous'>;

/** Null for a version that is not kept any more. */
export function versionOf(template: Versions, version: number): TemplateVersion | null {
  if (template.version === version) return template;
  return template.previous?.version === version ? template.previous : null;
}

/** What the provider said of one language of a version; `unknown` where there is no such text. */
export function approvalIn(
  template: Versions,
  { version, language }: { readonly version: number; readonly language: string },
): TemplateApproval | 'unknown' {
  const reviews = versionOf(template, version)?.reviews ?? [];
  return reviews.find((review) => review.language === language)?.approval ?? 'unknown';
}

/** The version to ask for now: the newest, or the one before while that alone is approved for the language. */
export function versionFor(template: Versions, wanted: string): TemplateVersion {
  const { previous } = template;
  const isApproved = (held: TemplateVersion): boolean => {
    const language = textFor(held.texts, wanted)?.language ?? '';
    return approvalIn(template, { version: held.version, language }) === 'approved';
  };
  return previous === null || isApproved(template) || !isApproved(previous) ? template : previous;
}

/** Of the whole: the worst that its languages are, so that a list says at a glance what is left to do. */
export function approvalOf(reviews: readonly Pick<TemplateReview, 'approval'>[]): TemplateApproval {
  const order: readonly TemplateApproval[] = ['rejected', 'paused', 'draft', 'submitted'];
  return order.find((each) => reviews.some(({ approval }) => approval === each)) ?? 'approved';
}
