/** What somebody typed of a webhook, as the server takes it. Pure. */

export interface WebhookDraft {
  readonly url: string;
  /** Separated by commas, spaces or lines. */
  readonly types: string;
  readonly description: string;
}

export interface WebhookInput {
  readonly url: string;
  readonly types: readonly string[];
  readonly description?: string;
}

export type UrlProblem = 'url' | 'https' | 'port';

/** Ports that the server sends to. */
const PORTS: ReadonlySet<string> = new Set(['', '443', '8443']);

/** What can be said before the server is asked; it checks for itself where the address leads. */
export function urlProblem(text: string): UrlProblem | null {
  const url = URL.parse(text.trim());
  if (url === null) return 'url';
  if (url.protocol !== 'https:') return 'https';
  return PORTS.has(url.port) ? null : 'port';
}

export function inputOf({ url, types, description }: WebhookDraft): WebhookInput {
  const said = description.trim();
  return { url: url.trim(), types: typesOf(types), ...(said === '' ? {} : { description: said }) };
}

/** Each once; everything when nothing is typed. */
export function typesOf(text: string): readonly string[] {
  const types = [...new Set(text.split(/[\s,]+/).filter((type) => type !== ''))];
  return types.length === 0 ? ['*'] : types;
}
