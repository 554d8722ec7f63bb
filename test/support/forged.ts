/** The same secret but for its last character, whatever that is: a secret by chance ends as any fixed forgery would. */
export function forgedOf(secret: string): string {
  return `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;
}
