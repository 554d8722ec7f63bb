import { apiDocument } from './api-document.ts';
import { operationsText } from './operations-text.ts';

/** The generated part of the client: its path from the project's root, and its text as it must be committed. */
export async function generatedClient(): Promise<{ readonly path: string; readonly text: string }> {
  return { path: 'src/client/operations.ts', text: await operationsText(await apiDocument()) };
}
