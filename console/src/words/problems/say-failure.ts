/** One sentence for a failure, in a language: for what is told outside of a screen's own notes, such as in a toast. */
import { CallFailed } from '../../../../src/client/call-failed.ts';
import { LANGUAGES, type Language } from '../define-words.ts';

/**
 * By the code of the answer, else as the server or the browser says it. The words are a part of the bundle of their own;
 * without a server they cannot be read, and its own sentence stands.
 */
export async function sayFailure(error: unknown, language: Language): Promise<string> {
  const plain = error instanceof Error ? error.message : String(error);
  if (!(error instanceof CallFailed)) return plain;
  const part = await import('./all.ts').catch(() => null);
  const said =
    part !== null && Object.hasOwn(part.PROBLEMS, error.code) ? part.PROBLEMS[error.code] : null;
  return said?.[LANGUAGES.indexOf(language)] ?? plain;
}
