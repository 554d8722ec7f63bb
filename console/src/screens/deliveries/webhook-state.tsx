/** A webhook and whether it sends. */
import type { ReactElement } from 'react';
import type { Operations } from '../../../../src/client/client.ts';
import { Badge } from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import { words } from './words.ts';

export type Webhook = Operations['GET /v1/webhooks']['answer']['items'][number];

export function WebhookState({
  webhook: { status, failingSince, suspended },
}: {
  readonly webhook: Webhook;
}): ReactElement {
  const t = useWords(words);
  if (status === 'disabled') return <Badge tone="plain">{t('disabled')}</Badge>;
  if (suspended) return <Badge tone="bad">{t('suspended')}</Badge>;
  return failingSince === null ? (
    <Badge tone="good">{t('enabled')}</Badge>
  ) : (
    <Badge tone="bad">{t('failed')}</Badge>
  );
}
