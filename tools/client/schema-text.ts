/**
 * JSON Schema 2020-12 as TypeScript: what a value looks like, not its limits. Objects, arrays, tuples, unions, literals,
 * records, `$ref` to components; a schema with a title that is a type's name is printed once, under that name.
 */

import type { Schema } from '../../src/http/docs-schema.ts';

/** A longer description is cut to its first sentence: the whole stands in /docs. */
const DOC_LENGTH_MAX = 100;
const TYPE_NAME = /^[A-Z][A-Za-z0-9]+$/;

export class SchemaPrinter {
  readonly #named = new Map<string, { readonly key: string; text: string }>();

  /** The declarations of all names that were used so far. */
  declarations(): readonly string[] {
    return [...this.#named]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { text }]) => `export type ${name} = ${text};`);
  }

  /** What a schema is a union of, so that two unions make one. */
  members(schema: Schema): readonly string[] {
    const choices = schema.anyOf ?? schema.oneOf;
    const isNamed = schema.title !== undefined && TYPE_NAME.test(schema.title);
    return choices === undefined || isNamed
      ? [this.text(schema)]
      : choices.flatMap((each) => this.members(each));
  }

  text(schema: Schema): string {
    const { title } = schema;
    if (title === undefined || !TYPE_NAME.test(title)) return this.#bare(schema);
    const key = JSON.stringify(schema);
    const known = this.#named.get(title);
    // Two schemas of one title are two types: the later one has no name.
    if (known !== undefined) return known.key === key ? title : this.#bare(schema);
    const named = { key, text: '' };
    this.#named.set(title, named);
    named.text = this.#bare(schema);
    return title;
  }

  #bare(schema: Schema): string {
    if (schema.$ref !== undefined) return nameOfRef(schema.$ref);
    if (schema.const !== undefined) return JSON.stringify(schema.const);
    if (schema.enum !== undefined) return union(schema.enum.map((value) => JSON.stringify(value)));
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices !== undefined) return union(choices.flatMap((each) => this.members(each)));
    if (schema.allOf !== undefined)
      return schema.allOf.map((each) => `(${this.text(each)})`).join(' & ') || 'unknown';
    if (Array.isArray(schema.type))
      // safe because a type that is a list holds names of types
      return union((schema.type as readonly string[]).map((type) => this.#typed(schema, type)));
    // safe because a list of types was handled above
    return this.#typed(schema, schema.type as string | undefined);
  }

  #typed(schema: Schema, type: string | undefined): string {
    switch (type) {
      case 'string':
      case 'boolean':
      case 'null':
        return type;
      case 'integer':
      case 'number':
        return 'number';
      case 'array':
        return this.#array(schema);
      case 'object':
        return this.#object(schema);
      default:
        return schema.properties === undefined ? 'unknown' : this.#object(schema);
    }
  }

  #array({ items, prefixItems }: Schema): string {
    if (prefixItems !== undefined)
      return `readonly [${prefixItems.map((each) => this.text(each)).join(', ')}]`;
    if (items === undefined || items === false) return 'readonly unknown[]';
    return `readonly (${this.text(items)})[]`;
  }

  #object(schema: Schema): string {
    const { properties = {}, required = [], additionalProperties } = schema;
    const undescribed = required.filter((name) => !(name in properties));
    const fields = [
      ...Object.entries(properties).map(([name, each]) => {
        const optional = required.includes(name) ? '' : '?';
        return `${docOf(each.description)}${keyOf(name)}${optional}: ${this.text(each)};`;
      }),
      ...undescribed.map((name) => `${keyOf(name)}: unknown;`),
    ];
    const rest = Object.values(schema.patternProperties ?? {});
    if (typeof additionalProperties === 'object') rest.push(additionalProperties);
    const isOpen =
      additionalProperties === true ||
      (schema.properties === undefined && additionalProperties === undefined);
    if (rest.length > 0) {
      const record = `Record<string, ${union(rest.map((each) => this.text(each)))}>`;
      return fields.length === 0 ? record : `{ ${fields.join(' ')} } & ${record}`;
    }
    if (isOpen) fields.push('[field: string]: unknown;');
    return fields.length === 0 ? 'Record<string, never>' : `{\n${fields.join('\n')}\n}`;
  }
}

/** A comment of one line, with its line break; empty for none. */
export function docOf(description: string | undefined): string {
  if (description === undefined) return '';
  const text = description.replaceAll(/\s+/g, ' ').replaceAll('*/', '* /').trim();
  const first = /^.*?[.;](?= |$)/.exec(text)?.[0] ?? text;
  const shown = text.length <= DOC_LENGTH_MAX ? text : first.replace(/;$/, '.');
  return `/** ${shown} */\n`;
}

export function union(types: readonly string[]): string {
  const distinct = [...new Set(types.flatMap(membersOf))];
  if (distinct.length === 0) return 'never';
  if (distinct.includes('unknown')) return 'unknown';
  return distinct.map((type) => (type.includes(' & ') ? `(${type})` : type)).join(' | ');
}

/** A union of literals within a union is part of it; anything with brackets is left whole. */
function membersOf(type: string): readonly string[] {
  return /[{}[\]()<>&]/.test(type) ? [type] : type.split(' | ');
}

export function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function nameOfRef(ref: string): string {
  const name = /^#\/components\/schemas\/(\w+)$/.exec(ref)?.[1];
  if (name === undefined) throw new TypeError(`${ref} is no schema of the components`);
  return name;
}
