/** Everything that is held on a person, as a file. */
import { CallFailed } from '../../../../src/client/client.ts';
import { client } from '../../api/api.ts';
import { toast } from '../../design/toasts.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { failureWords } from '../order/failure-words.ts';
import { saveFile } from '../today/save-file.ts';
import { words } from './words-guest.ts';

/** Why an export is read, as the audit trail keeps it: the server takes any words of up to 300 characters. */
export const EXPORT_PURPOSES = {
  /** The person asked for what is held. */
  request: 'data-subject-request',
  /** To count what an erasure would destroy. */
  erasure: 'erasure',
} as const;

/** Saves the file and says so; a failure is said too, for a copy may be wanted before all is destroyed. */
export function useExportPerson(): (id: string) => void {
  const t = useWords(words);
  const language = useLanguage();
  return (id) => {
    exportPerson(id).then(
      () => toast(t('exported')),
      (error: unknown) => {
        const text = error instanceof CallFailed ? failureWords(error, language) : String(error);
        toast(text, { tone: 'bad' });
      },
    );
  };
}

async function exportPerson(id: string): Promise<void> {
  const { body } = await client.call('GET /v1/persons/{id}/export', {
    params: { id },
    headers: { purpose: EXPORT_PURPOSES.request },
  });
  saveFile({
    name: `person-${id}.json`,
    type: 'application/json',
    text: JSON.stringify(body, null, 2),
  });
}
