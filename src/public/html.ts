/**
 * Markup that is safe by construction: whatever is put into a template is escaped unless it came out of a template. There
 * is no way to mark a text as markup but `keptHtml`, for what `textOf` gave and a cache kept.
 */

const TEXT = Symbol('html');

export interface Html {
  readonly [TEXT]: string;
}

/** Nothing stands for null, undefined and false, so that `condition && html` reads well. */
export type HtmlValue = Html | string | number | null | undefined | false | readonly HtmlValue[];

/** Values stand in text or in attributes with double quotes; an attribute without quotes would not be safe. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const text = parts.map((part, index) => part + rendered(values[index])).join('');
  return { [TEXT]: text };
}

export function textOf(markup: Html): string {
  return markup[TEXT];
}

/** What `textOf` gave, as markup again. */
export function keptHtml(text: string): Html {
  return { [TEXT]: text };
}

function rendered(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  if (isMarkup(value)) return value[TEXT];
  return value.map(rendered).join('');
}

function isMarkup(value: Html | readonly HtmlValue[]): value is Html {
  return TEXT in value;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // A parser drops it or makes something else of it, depending on where it stands.
  '\0': '\ufffd',
};

function escaped(text: string): string {
  // oxlint-disable-next-line no-control-regex -- safe because it is what is taken out
  return text.replaceAll(/[&<>"'\u0000]/g, (character) => ENTITIES[character] ?? character);
}
