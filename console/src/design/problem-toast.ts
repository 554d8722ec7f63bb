/** What failed, as a toast in the reader's language: for what has no place of its own on a screen. */
import { sayFailure } from '../words/problems/say-failure.ts';
import { useLanguage } from '../words/language.ts';
import { toast } from './toasts.tsx';

/** `around` puts the sentence into one of the screen's own. */
export function useProblemToast(): (
  error: unknown,
  around?: (why: string) => string,
) => Promise<void> {
  const language = useLanguage();
  return async (error, around = (why) => why) => {
    toast(around(await sayFailure(error, language)), { tone: 'bad' });
  };
}
