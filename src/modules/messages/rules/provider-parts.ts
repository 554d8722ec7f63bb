/**
 * A text as WhatsApp takes it: a header, a body and a footer, each of a length of its own. Placeholders of header and body are
 * numbered apart, in the order in which the variables are declared; a footer has none. Pure.
 */
import type { TemplateText, TemplateVariable } from '../templates/events.ts';
import { placeholdersOf } from './fill-template.ts';

/** Of Meta's reference of message templates: characters of each part, and places in a header. */
const LENGTHS = { subject: 60, body: 1024, footer: 60 } as const;
const HEADER_PLACES_MAX = 1;

export interface ProviderPart {
  /** With `{{1}}`, `{{2}}` ... for variables. */
  readonly text: string;
  /** In the order of their numbers. */
  readonly variables: readonly TemplateVariable[];
}

export interface ProviderParts {
  readonly header: ProviderPart | null;
  readonly body: ProviderPart;
  readonly footer: string | null;
}

export function providerParts(
  { subject, body, footer }: TemplateText,
  variables: readonly TemplateVariable[],
): ProviderParts {
  return {
    header: subject === undefined ? null : partOf(subject, variables),
    body: partOf(body, variables),
    footer: footer ?? null,
  };
}

function partOf(text: string, declared: readonly TemplateVariable[]): ProviderPart {
  const used = usedIn(text);
  const variables = declared.filter(({ name }) => used.includes(name));
  const places = new Map(variables.map(({ name }, index) => [name, index + 1]));
  const numbered = text.replaceAll(/\{\{\s*([a-zA-Z0-9_]+)\s*\}\}/g, (all, name: string) => {
    const place = places.get(name);
    return place === undefined ? all : `{{${place}}}`;
  });
  return { text: numbered, variables };
}

function usedIn(text: string): readonly string[] {
  return placeholdersOf({ language: '', body: text });
}

/** The first part that a review would refuse unread; null when all may be submitted. */
export function unfitPart(text: TemplateText): keyof typeof LENGTHS | null {
  const { subject = '', body, footer = '' } = text;
  if (subject.length > LENGTHS.subject || usedIn(subject).length > HEADER_PLACES_MAX)
    return 'subject';
  if (body.length > LENGTHS.body) return 'body';
  return footer.length > LENGTHS.footer || usedIn(footer).length > 0 ? 'footer' : null;
}
