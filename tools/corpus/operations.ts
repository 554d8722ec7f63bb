/** Every operation on one document, and whether what comes out still has its text. */
import type { Operation, Service } from './service.ts';

const OPERATION_MS_MAX = 60_000;
const PASSWORD = 'corpus';

interface Document {
  readonly id: string;
  readonly pages: number;
}

interface Step {
  readonly operation: string;
  readonly options: object;
  /** How often the document is given. */
  readonly inputs?: number;
  /** How its text reads where `text` is that of the document; null where it is not looked at. */
  readonly text?: (text: string) => string;
}

const same = (text: string): string => text;

function stepsFor({ pages }: Document): readonly Step[] {
  return [
    { operation: 'info', options: {} },
    { operation: 'thumbnail', options: {} },
    { operation: 'merge', options: {}, inputs: 2, text: (text) => `${text}\f${text}` },
    { operation: 'rotate', options: { angle: 90 } },
    { operation: 'reorder', options: { pages: `1-${pages}` }, text: same },
    { operation: 'split', options: { parts: ['1', `${pages}`] } },
    { operation: 'watermark', options: { text: 'CORPUS' } },
    { operation: 'numberPages', options: {} },
    { operation: 'setMetadata', options: { title: 'Corpus' }, text: same },
    { operation: 'sanitise', options: {}, text: same },
  ];
}

/** What went wrong, in words; empty when nothing did. */
export async function tryOperations(
  service: Service,
  document: Document,
): Promise<readonly string[]> {
  const defects: string[] = [];
  const text = await textOf(service, document.id, defects);
  for (const step of stepsFor(document)) {
    const inputs = Array.from({ length: step.inputs ?? 1 }, () => document.id);
    const made = await carriedOut(service, { ...step, inputs }, defects);
    const [first] = made;
    if (step.text !== undefined && text !== null && first !== undefined) {
      const after = await textOf(service, first, defects);
      if (after !== null && after !== step.text(text))
        defects.push(`${step.operation}: other text`);
    }
    for (const id of made) await service.remove(id);
  }
  await lockAndUnlock(service, { document, text }, defects);
  return defects;
}

async function lockAndUnlock(
  service: Service,
  { document, text }: { readonly document: Document; readonly text: string | null },
  defects: string[],
): Promise<void> {
  const locking = { operation: 'protect', inputs: [document.id], options: { password: PASSWORD } };
  const [locked] = await carriedOut(service, locking, defects);
  if (locked === undefined) return;
  const opening = { operation: 'unlock', inputs: [locked], options: { password: PASSWORD } };
  const [opened] = await carriedOut(service, opening, defects);
  if (opened !== undefined) {
    const after = await textOf(service, opened, defects);
    if (text !== null && after !== null && after !== text) defects.push('unlock: other text');
    await service.remove(opened);
  }
  await service.remove(locked);
}

async function textOf(service: Service, id: string, defects: string[]): Promise<string | null> {
  const [made] = await carriedOut(
    service,
    { operation: 'text', inputs: [id], options: {} },
    defects,
  );
  if (made === undefined) return null;
  const text = (await service.served(made)).toString();
  await service.remove(made);
  return text;
}

/** Ids of what was made. */
async function carriedOut(
  service: Service,
  { operation, inputs, options }: Operation,
  defects: string[],
): Promise<readonly string[]> {
  const job = await service.operated({ operation, inputs, options }, OPERATION_MS_MAX);
  if (job?.status === 'done') return job.resultIds;
  defects.push(`${operation}: ${job === null ? 'did not end' : (job.code ?? job.status)}`);
  return [];
}
