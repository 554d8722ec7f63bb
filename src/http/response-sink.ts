import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { STALLED_MS_MAX } from './deadline.ts';

export interface ResponseSink {
  /** Sends the head with the first text; resolves when there is room for more, or the reader is gone. */
  write(text: string): Promise<void>;
  end(): void;
}

/** An answer written piece by piece with backpressure. A reader that never reads is cut off. */
export function responseSink(response: ServerResponse, headers: OutgoingHttpHeaders): ResponseSink {
  return {
    async write(text) {
      if (response.destroyed) return;
      if (!response.headersSent) response.writeHead(200, headers);
      if (response.write(text)) return;
      await roomOrGone(response);
    },
    end() {
      if (response.destroyed) return;
      // A stream that ended early leaves a body behind that nobody will read: the connection cannot go on.
      response.end(() => {
        if (!response.req.complete) response.req.socket.destroySoon();
      });
    },
  };
}

function roomOrGone(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => response.destroy(), STALLED_MS_MAX);
    const done = (): void => {
      clearTimeout(timer);
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
