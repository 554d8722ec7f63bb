/** Senders and templates that a notice can be written with. */
import { useRead } from '../../api/api.ts';
import { shaped } from '../order/order-types.ts';

export interface SenderChoice {
  readonly id: string;
  readonly name: string;
  readonly channel: string;
}

export interface TemplateChoice {
  readonly id: string;
  readonly name: string;
  readonly channel: string;
  /** Marketing goes to nobody by itself. */
  readonly category: string;
}

export interface WayChoices {
  readonly isLoading: boolean;
  readonly senders: readonly SenderChoice[];
  readonly templates: readonly TemplateChoice[];
}

const MANY = 500;

export function useWayChoices(): WayChoices {
  const senders = useRead('GET /v1/messages/senders', { query: { limit: MANY } });
  const templates = useRead('GET /v1/messages/templates', {
    query: { status: 'active', limit: MANY },
  });
  return {
    isLoading: senders.isPending || templates.isPending,
    senders: shaped<readonly (SenderChoice & { readonly status: string })[]>(
      senders.data?.items ?? [],
    ).filter(({ status }) => status !== 'closed'),
    templates: shaped<readonly TemplateChoice[]>(templates.data?.items ?? []),
  };
}
