/** Connection pools of Node whose connections are made by dial.ts. */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { dial, type DialOptions, type DialTarget } from './dial.ts';

/** Idle connections over all hosts; each holds a descriptor here and a slot at the receiver. */
const IDLE_SOCKETS_MAX = 64;
/** Shorter than the keep-alive of usual servers (5 s), so that few requests meet a connection that is just closing. */
const IDLE_MS = 4000;

export interface Agents {
  of(protocol: string): HttpAgent;
  /** Ends idle connections and, by the signal of the options, those being made. */
  destroy(): void;
}

export function createAgents(options: DialOptions): Agents {
  const https = checked(new HttpsAgent({ keepAlive: true, timeout: IDLE_MS }), true, options);
  const http = checked(new HttpAgent({ keepAlive: true, timeout: IDLE_MS }), false, options);
  return {
    of: (protocol) => (protocol === 'https:' ? https : http),
    destroy() {
      https.destroy();
      http.destroy();
    },
  };
}

function checked(agent: HttpAgent, secure: boolean, options: DialOptions): HttpAgent {
  const { signal } = options;
  agent.createConnection = ({ host, port }, callback) => {
    void connect({ host: host ?? '', port: Number(port), secure });
    return undefined;

    async function connect(target: DialTarget): Promise<void> {
      const [error, socket] = await dial(target, options).then(
        (dialled) => [null, dialled] as const,
        (thrown: unknown) => [thrown, null] as const,
      );
      // safe because the agent reads the socket only when there is no error, and dial throws errors
      callback?.(error as Error | null, socket as Socket);
    }
  };
  const keep = agent.keepSocketAlive.bind(agent);
  agent.keepSocketAlive = (socket) => {
    const idle = Object.values(agent.freeSockets).reduce(
      (sum, some) => sum + (some?.length ?? 0),
      0,
    );
    return !signal.aborted && idle < IDLE_SOCKETS_MAX && keep(socket);
  };
  return agent;
}
