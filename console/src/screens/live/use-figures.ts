/** The last hour of figures, then one more a second. */
import { useState } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { useRead } from '../../api/api.ts';
import { useLive } from '../../api/live.ts';
import { withFigures, type LiveFigure } from './live-series.ts';

export interface Figures {
  readonly figures: readonly LiveFigure[];
  readonly isLoading: boolean;
  readonly error: CallFailed | null;
  readAgain(): void;
}

const NO_FIGURES: readonly LiveFigure[] = [];

/** `isHeld` keeps what is shown; the figures go on behind it. */
export function useFigures(isHeld: boolean): Figures {
  const history = useRead('GET /v1/live', { query: { history: 'true' } });
  const [figures, setFigures] = useState<readonly LiveFigure[]>(NO_FIGURES);
  const [held, setHeld] = useState<readonly LiveFigure[] | null>(null);
  const first = history.data?.history;
  const [taken, setTaken] = useState<typeof first>(undefined);
  if (first !== undefined && first !== taken) {
    setTaken(first);
    // A server that has just begun has none: the same list again would be no change.
    if (first.length > 0) setFigures(withFigures(first, figures));
  }
  useLive(
    'GET /v1/live',
    {},
    {
      onMessages: (messages) =>
        setFigures((now) => withFigures(now, messages.map(({ data }) => data).filter(isFigure))),
    },
  );
  if (isHeld && held === null) setHeld(figures);
  if (!isHeld && held !== null) setHeld(null);
  return {
    figures: (isHeld ? held : null) ?? figures,
    isLoading: history.isLoading,
    error: figures.length > 0 ? null : history.error,
    readAgain: () => void history.refetch(),
  };
}

function isFigure(value: unknown): value is LiveFigure {
  return (
    typeof value === 'object' && value !== null && 'at' in value && 'acceptedPerSecond' in value
  );
}
