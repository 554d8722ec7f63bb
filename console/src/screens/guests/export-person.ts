/** Everything that is held on a person, as a file. */
import { client } from '../../api/api.ts';
import { saveFile } from '../today/save-file.ts';

export async function exportPerson(id: string): Promise<void> {
  const { body } = await client.call('GET /v1/persons/{id}/export', {
    params: { id },
    headers: { purpose: 'data-subject-request' },
  });
  saveFile({
    name: `person-${id}.json`,
    type: 'application/json',
    text: JSON.stringify(body, null, 2),
  });
}
