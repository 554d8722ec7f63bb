/** Four documents: two are clean, one is disarmed, one is refused. */
import { actingPdf, cleanPdf, falsePdf, menuPdf } from '../papers.ts';
import type { Filling } from './filling.ts';

export async function fillDocuments({ door }: Filling): Promise<void> {
  const { body } = await door.call('/v1/documents');
  // safe because the list of documents has this shape
  const { items } = body as { items: readonly object[] };
  if (items.length > 0) return;
  const papers = [
    { name: 'carte-du-dimanche.pdf', body: menuPdf() },
    { name: 'livraison-vins-novembre.pdf', body: cleanPdf('Wine delivery, November') },
    { name: 'facture-2026-118.pdf', body: actingPdf('Invoice 2026-118') },
    { name: 'facture-urgente.pdf', body: falsePdf() },
  ];
  for (const { name, body: paper } of papers) {
    const given = await door.call('/v1/documents', {
      body: paper,
      type: 'application/pdf',
      headers: { 'content-disposition': `attachment; filename="${name}"` },
    });
    // One that is refused at the door is told so there.
    if (given.status >= 500) throw new Error(`a document was answered with ${given.status}`);
  }
}
