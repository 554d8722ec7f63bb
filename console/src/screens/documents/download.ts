/** Fetching a document: a short link, opened at once; why not is said in a toast. */
import { CallFailed } from '../../../../src/client/client.ts';
import { client } from '../../api/api.ts';
import { toast } from '../../design/toasts.tsx';
import { useLanguage } from '../../words/language.ts';
import { failureWords } from '../order/failure-words.ts';

const LINK_SECONDS = 60;

export function useDownload(): (id: string) => void {
  const language = useLanguage();
  return (id) => {
    open(id).catch((error: unknown) => {
      if (!(error instanceof CallFailed)) throw error;
      toast(failureWords(error, language), { tone: 'bad' });
    });
  };
}

async function open(id: string): Promise<void> {
  const { body } = await client.call('POST /v1/documents/{id}/links', {
    params: { id },
    body: { seconds: LINK_SECONDS },
  });
  window.open(body.url, '_blank', 'noopener');
}
