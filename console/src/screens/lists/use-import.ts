/** Sends a file part after part. One that was broken off goes on where it was, with the same file and choices. */
import { useRef, useState } from 'react';
import { CallFailed } from '../../../../src/client/client.ts';
import { nextPart, withPart, type Part, type PartAnswer } from './import-parts.ts';

export interface Import {
  /** Does nothing while it is under way. `of` is the file with its choices. */
  take(of: object, give: (part: Part) => Promise<PartAnswer>): Promise<void>;
  /** Of all parts so far; null before the first. */
  readonly sums: PartAnswer | null;
  readonly isBusy: boolean;
  readonly error: CallFailed | null;
}

interface Held {
  readonly of: string;
  readonly sums: PartAnswer;
}

export function useImport(): Import {
  const isRunning = useRef(false);
  const [held, setHeld] = useState<Held | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<CallFailed | null>(null);
  const take: Import['take'] = async (given, give) => {
    if (isRunning.current) return;
    isRunning.current = true;
    setBusy(true);
    setError(null);
    const of = JSON.stringify(given);
    // A file that is done begins anew: nothing is taken in twice.
    const goesOn = held !== null && held.of === of && held.sums.next !== null;
    let sums = goesOn ? held.sums : null;
    if (!goesOn) setHeld(null);
    try {
      for (let part = nextPart(sums); part !== null; part = nextPart(sums)) {
        sums = withPart(sums, await give(part));
        setHeld({ of, sums });
      }
    } catch (failed) {
      if (!(failed instanceof CallFailed)) throw failed;
      setError(failed);
    } finally {
      isRunning.current = false;
      setBusy(false);
    }
  };
  return { take, sums: held?.sums ?? null, isBusy, error };
}
