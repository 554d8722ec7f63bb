/**
 * What a mail server reports about an e-mail: that it could not be delivered (RFC 3464), or that somebody complained
 * (RFC 5965). The whole report or its machine-readable part alone will do. Only fields are read; text for people is not, since
 * it differs from server to server. Pure.
 */

export type MailReport =
  | {
      readonly kind: 'bounce';
      /** Of our e-mail: its Message-ID or the envelope id it was handed over with. */
      readonly mailId: string;
      /** Enhanced status code (RFC 3463): `5.1.1`. */
      readonly code: string;
      /** For good: the address is not to be tried again. */
      readonly isHard: boolean;
    }
  | { readonly kind: 'complaint'; readonly mailId: string };

/** Fields of headers and reports end with their line; folded lines go on after white space (RFC 5322, section 2.2.3). */
export function parseReport(text: string): MailReport | null {
  const unfolded = text.replaceAll('\r\n', '\n').replaceAll(/\n[ \t]+/g, ' ');
  const feedback = fieldOf(unfolded, 'Feedback-Type');
  if (feedback !== null) {
    const mailId = originalIdOf(unfolded);
    return mailId === null ? null : { kind: 'complaint', mailId };
  }
  const action = fieldOf(unfolded, 'Action')?.toLowerCase();
  const code = /^([245]\.[0-9]{1,3}\.[0-9]{1,3})/.exec(fieldOf(unfolded, 'Status') ?? '')?.[1];
  // Delayed is no bounce, delivered and relayed even less so.
  if (action !== 'failed' || code === undefined) return null;
  const mailId = fieldOf(unfolded, 'Original-Envelope-Id') ?? originalIdOf(unfolded);
  if (mailId === null) return null;
  return { kind: 'bounce', mailId, code, isHard: code.startsWith('5.') };
}

/** The report has a Message-ID of its own; that of our e-mail stands in the part that quotes it, which comes last. */
function originalIdOf(text: string): string | null {
  return fieldsOf(text, 'Message-ID').at(-1) ?? null;
}

function fieldOf(text: string, name: string): string | null {
  return fieldsOf(text, name)[0] ?? null;
}

function fieldsOf(text: string, name: string): readonly string[] {
  const found = text.matchAll(new RegExp(`^${name}:[ \\t]*([^\\n]{1,998})$`, 'gim'));
  return [...found].map(([, value = '']) => value.trim());
}

/** Codes that say that nobody can be reached there (RFC 3463, sections 3.2 and 3.3). */
export function isAddressGone(code: string): boolean {
  return /^5\.1\.[0-9]+$/.test(code) || code === '5.2.1';
}

/** Our words, by the class of the code. */
export function wordsOf(code: string): string {
  const [, subject = '0'] = code.split('.');
  return SUBJECTS[subject] ?? 'The mail server could not deliver it.';
}

const SUBJECTS: Readonly<Record<string, string>> = {
  '1': 'There is no such address.',
  '2': 'The mailbox cannot take it.',
  '3': 'The mail system of the recipient could not take it.',
  '4': 'The mail system of the recipient could not be reached.',
  '5': 'The mail servers did not understand each other.',
  '6': 'The content could not be carried.',
  '7': 'The recipient or their mail server does not want it.',
};
