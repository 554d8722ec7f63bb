/** Why qpdf gave a file up, in words of our own: what it says quotes the file. */
import { TaskRefused } from '../../platform/workers/worker-messages.ts';

interface Cause {
  readonly said: RegExp;
  readonly code: string;
  readonly detail: string;
}

/** The first that fits counts. The messages are those of qpdf 12 (libqpdf/QPDF*.cc). */
const CAUSES: readonly Cause[] = [
  {
    said: /unsupported (?:encryption|\/[RV])|unsupported.*security handler/i,
    code: 'ENCRYPTION_UNSUPPORTED',
    detail: 'It is locked in a way that is not known here; a password would not open it.',
  },
  {
    said: /encrypt/i,
    code: 'UNREADABLE',
    detail: 'What it says of how it is locked is damaged.',
  },
  {
    said: /\/Root|catalog/i,
    code: 'UNREADABLE',
    detail: 'It does not say where its document begins.',
  },
  {
    said: /startxref|xref|cross-reference|trailer/i,
    code: 'UNREADABLE',
    detail: 'The table of its objects is damaged, and none could be made from what it holds.',
  },
  {
    said: /object stream/i,
    code: 'UNREADABLE',
    detail: 'Objects that lie compressed in it cannot be taken out.',
  },
  {
    said: /page/i,
    code: 'UNREADABLE',
    detail: 'Its tree of pages is damaged.',
  },
];

export function unreadable(messages: string): TaskRefused {
  const cause = CAUSES.find(({ said }) => said.test(messages));
  return new TaskRefused(
    cause?.code ?? 'UNREADABLE',
    cause?.detail ?? 'The objects of the file cannot be read or repaired.',
  );
}
