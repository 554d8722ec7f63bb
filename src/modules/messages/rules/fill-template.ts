/** Placeholders of template texts, `{{name}}`: which there are, which values are missing, and the filled text. Pure. */
import type { Variables } from '../shapes.ts';
import type { TemplateText, TemplateVariable } from '../templates/events.ts';

const PLACEHOLDER = /\{\{\s*([a-zA-Z0-9_]*)\s*\}\}/g;

export function placeholdersOf({
  subject = '',
  body,
  footer = '',
}: TemplateText): readonly string[] {
  const found = `${subject}\n${body}\n${footer}`.matchAll(PLACEHOLDER);
  return [...new Set([...found].map(([, name = '']) => name))];
}

export interface VariableFaults {
  readonly missing: readonly string[];
  /** Given, and none of the template's. */
  readonly unknown: readonly string[];
}

/** An empty value is as bad as none: providers refuse it. */
export function variableFaults(
  declared: readonly Pick<TemplateVariable, 'name'>[],
  given: Variables,
): VariableFaults {
  const names = declared.map(({ name }) => name);
  return {
    missing: names.filter((name) => (given[name] ?? '').trim() === ''),
    unknown: Object.keys(given).filter((name) => !names.includes(name)),
  };
}

export interface FilledText {
  readonly language: string;
  readonly subject: string | null;
  readonly body: string;
  readonly footer: string | null;
}

/** A placeholder without value stays as it is; `variableFaults` is asked before. */
export function fillText(text: TemplateText, values: Variables): FilledText {
  const filled = (part: string | undefined): string | null =>
    part?.replaceAll(PLACEHOLDER, (all, name: string) => values[name] ?? all) ?? null;
  return {
    language: text.language,
    subject: filled(text.subject),
    body: filled(text.body) ?? '',
    footer: filled(text.footer),
  };
}

/** The text for somebody who speaks `wanted`: that language, else one with the same first part, else the first. */
export function textFor(texts: readonly TemplateText[], wanted: string): TemplateText | null {
  const base = wanted.slice(0, 2);
  return (
    texts.find(({ language }) => language === wanted) ??
    texts.find(({ language }) => language.slice(0, 2) === base) ??
    texts[0] ??
    null
  );
}
