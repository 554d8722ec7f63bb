/** Three documents: one is clean, one is disarmed, one is refused. */
import { actingPdf, cleanPdf, falsePdf } from '../papers.ts';
import type { Filling } from './filling.ts';

export async function fillDocuments({ door }: Filling): Promise<void> {
  const { body } = await door.call('/v1/documents');
  // safe because the list of documents has this shape
  const { items } = body as { items: readonly object[] };
  if (items.length > 0) return;
  const papers = [cleanPdf('Wine delivery, November'), actingPdf('Invoice 2026-118'), falsePdf()];
  for (const paper of papers) {
    const given = await door.call('/v1/documents', { body: paper, type: 'application/pdf' });
    // One that is refused at the door is told so there.
    if (given.status >= 500) throw new Error(`a document was answered with ${given.status}`);
  }
}
