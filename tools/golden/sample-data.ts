/** One value that a JSON Schema allows, always the same: so every type of event stands in a golden stream. */

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minimum?: number;
}

/** `turn` chooses among alternatives, so that two samples of one schema differ where they can. */
export function sampleOf(given: object, turn: number): unknown {
  // safe because the schemas of events are made with typebox, whose keywords these are
  const schema = given as Schema;
  if (schema.const !== undefined) return schema.const;
  if (schema.anyOf !== undefined)
    return sampleOf(schema.anyOf[turn % schema.anyOf.length] ?? {}, turn);
  switch (schema.type) {
    case 'object':
      return objectOf(schema, turn);
    case 'array':
      return schema.items === undefined ? [] : [sampleOf(schema.items, turn)];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, 1) + turn;
    case 'boolean':
      return turn % 2 === 0;
    case 'null':
      return null;
    default:
      return `text-${turn}`;
  }
}

function objectOf({ properties = {}, patternProperties }: Schema, turn: number): object {
  const named = Object.entries(properties).map(([name, schema]) => [name, sampleOf(schema, turn)]);
  const [free] = Object.values(patternProperties ?? {});
  return Object.fromEntries([
    ...named,
    ...(free === undefined ? [] : [['en', sampleOf(free, turn)]]),
  ]);
}
