/** How the server is: a dot that is also a word for those who cannot tell its colour. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { CallFailed } from '../../../src/client/client.ts';
import { client } from '../api/api.ts';
import { useReachable } from '../api/connection.ts';
import { Tooltip } from '../design/menus.tsx';
import { Icon } from '../design/icons.tsx';
import { useWords } from '../words/language.ts';
import { words } from './words.ts';

const ASK_MS = 10_000;
/** While it is away it is asked more often, so that the screen goes on soon. */
const ASK_AWAY_MS = 2000;

export function HealthDot(): ReactElement {
  const t = useWords(words);
  const isReachable = useReachable();
  const { data: isReady = true } = useQuery({
    queryKey: ['health'],
    queryFn: readHealth,
    refetchInterval: isReachable ? ASK_MS : ASK_AWAY_MS,
    retry: false,
  });
  const state = !isReachable ? 'unreachable' : isReady ? 'healthy' : 'unhealthy';
  const look = { healthy: 'text-brand', unhealthy: 'text-brass-text', unreachable: 'text-wine' }[
    state
  ];
  const icon = ({ healthy: 'success', unhealthy: 'warning', unreachable: 'error' } as const)[state];
  return (
    <Tooltip text={t(state)} side="bottom">
      <button
        type="button"
        aria-label={t(state)}
        className={`grid size-7 shrink-0 place-items-center rounded-control ${look}`}
      >
        <Icon name={icon} />
      </button>
    </Tooltip>
  );
}

async function readHealth(): Promise<boolean> {
  try {
    await client.call('GET /health/ready');
    return true;
  } catch (error) {
    if (error instanceof CallFailed) return error.status === 0;
    throw error;
  }
}
