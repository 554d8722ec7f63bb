/**
 * The contract of the log as a test suite: every implementation passes it. What the port alone cannot show (crashes,
 * lost connections, compaction under load) is held by the tests that SPEC.md names.
 */
import { afterAll, beforeAll, describe } from 'vitest';
import { answersContract } from './contract/answers.ts';
import { commandIdsContract } from './contract/command-ids.ts';
import { decidedContract } from './contract/decided.ts';
import { findContract } from './contract/find.ts';
import type { LogUnderTest } from './contract/fixtures.ts';
import { lifecycleContract } from './contract/lifecycle.ts';
import { readContract } from './contract/read.ts';
import { receivedContract } from './contract/received.ts';
import { receivedContentContract } from './contract/received-content.ts';
import { writersContract } from './contract/writers.ts';

export type { LogUnderTest } from './contract/fixtures.ts';

/**
 * Runs the suite on logs that `open` gives. Each group of tests shares one log, in tenants of its own; `open` may be
 * called several times and each log is closed. The log must remember keys for at least a minute.
 */
export function describeLogContract(name: string, open: () => Promise<LogUnderTest>): void {
  describe(`the log contract: ${name}`, () => {
    const groups = {
      'received events': receivedContract,
      'content of received events': receivedContentContract,
      'decided events': decidedContract,
      'answers to commands': answersContract,
      'command ids': commandIdsContract,
      'reading by position': readContract,
      finding: findContract,
      'several writers': writersContract,
    };
    for (const [title, group] of Object.entries(groups)) {
      describe(title, () => {
        let subject: LogUnderTest | undefined;
        beforeAll(async () => {
          subject = await open();
        });
        afterAll(async () => {
          await subject?.close();
        });
        group(() => {
          if (subject === undefined) throw new Error('the log was not opened');
          return subject;
        });
      });
    }
    describe('opening and closing', () => lifecycleContract(open));
  });
}
