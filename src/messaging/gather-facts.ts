/**
 * Facts of a tenant that come beside each other go into one append: what a provider answered, what it reported a moment later,
 * and each message once. A message that is accepted, sent and delivered within a moment is one unit of the log and one
 * write of each list instead of three. One append at a time, so that none finds a stream moved by another.
 */
import type { FactAppender, NewFacts } from './message-facts.ts';

interface Waiting {
  items: NewFacts[];
  /** Of everybody whose facts are among them. */
  taken: PromiseWithResolvers<void>;
}

/** `spanMs`: how long the first of them waits for others. What fails fails for all that were gathered with it. */
export function gatherFacts(appender: FactAppender, spanMs: number): FactAppender {
  const tenants = new Map<string, Waiting>();

  async function run(tenant: string): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, spanMs));
      const waiting = tenants.get(tenant);
      if (waiting === undefined || waiting.items.length === 0) {
        tenants.delete(tenant);
        return;
      }
      tenants.set(tenant, { items: [], taken: Promise.withResolvers<void>() });
      await appender.append(tenant, waiting.items).then(waiting.taken.resolve, (error: unknown) => {
        waiting.taken.reject(error);
      });
    }
  }

  return {
    append(tenant, items) {
      if (items.length === 0) return Promise.resolve();
      const held = tenants.get(tenant);
      if (held === undefined) {
        const opened = { items: [...items], taken: Promise.withResolvers<void>() };
        tenants.set(tenant, opened);
        void run(tenant);
        return opened.taken.promise;
      }
      for (const item of items) held.items.push(item);
      return held.taken.promise;
    },
  };
}
