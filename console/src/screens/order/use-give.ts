/** Gives a command from a screen: once for a double click, kept while the server is away, with approval where needed. */
import { useCallback, useRef, useState } from 'react';
import { CallFailed } from '../../../../src/client/client.ts';
import { withApproval } from '../../api/approval.ts';
import { useSession } from '../../api/session.ts';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { giveCommand, type Given, type Intent } from './outbox.ts';
import { words } from './words-unsent.ts';

export interface Giving {
  /** Null when it was refused (then `error` says why) or when the same is under way. */
  give(intent: Intent): Promise<Given | null>;
  readonly isBusy: boolean;
  readonly error: CallFailed | null;
  clear(): void;
}

export function useGive(): Giving {
  const { user } = useSession();
  const t = useWords(words);
  const running = useRef(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<CallFailed | null>(null);
  const give = useCallback(
    async (intent: Intent): Promise<Given | null> => {
      if (running.current) return null;
      running.current = true;
      setBusy(true);
      setError(null);
      try {
        const given = await withApproval(
          (header) => giveCommand({ ...intent, ...header }, user.id),
          intent,
        );
        if (given.kind === 'kept') toast(t('kept'), { tone: 'info' });
        return given;
      } catch (failed) {
        if (!(failed instanceof CallFailed)) throw failed;
        setError(failed);
        return null;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
    [user.id, t],
  );
  return { give, isBusy, error, clear: () => setError(null) };
}
