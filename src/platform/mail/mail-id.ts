/** Ids of e-mails name the message: a bounce tells which one it was. Apart from the mailer, which loads its whole library. */

/** `<{id of the message}@{domain}>`: a bounce names it, and the id is found again. */
export function mailIdOf(messageId: string, domain: string): string {
  return `<${messageId}@${domain}>`;
}

/** From the id of an e-mail or of its envelope; null for what can be none of ours. */
export function messageIdOfMail(mailId: string): string | null {
  return /^<?([A-Za-z0-9_.:~-]{1,160})(?:@[^<>\s@]+)?>?$/.exec(mailId.trim())?.[1] ?? null;
}
