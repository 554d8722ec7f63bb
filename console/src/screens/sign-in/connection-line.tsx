/** Says before sign-in that the server is away. */
import type { ReactElement } from 'react';
import { useReachable } from '../../api/connection.ts';
import { useWords } from '../../words/language.ts';
import { words } from '../../shell/words.ts';

export function ConnectionLine(): ReactElement {
  const t = useWords(words);
  const isReachable = useReachable();
  return (
    <div role="status">
      {isReachable ? null : (
        <p className="border-b border-wine bg-wine-soft px-4 py-2 text-center text-13">
          {t('away-title')}
        </p>
      )}
    </div>
  );
}
