/** A webhook that nobody answers: its name can never be found (RFC 6761), so deliveries wait, are retried and fail. */
import type { Filling } from './filling.ts';

const HOOK = {
  url: 'https://bookkeeping.le-comptoir.invalid/hooks/comptoir',
  types: ['comptoir.till.*'],
  description: 'Bookkeeping (demo: nobody answers there, see its deliveries)',
};

export async function fillWebhooks({ door }: Filling): Promise<void> {
  const { body } = await door.call('/v1/webhooks');
  // safe because the list of webhooks has this shape
  const { items } = body as { items: readonly object[] };
  if (items.length > 0) return;
  const made = await door.call('/v1/webhooks', { body: JSON.stringify(HOOK) });
  if (made.status !== 201) throw new Error(`a webhook was answered with ${made.status}`);
  // safe because the answer to a new webhook names it
  const { id } = made.body as { id: string };
  for (let test = 0; test < 2; test += 1)
    await door.call(`/v1/webhooks/${id}/test`, { method: 'POST' });
}
