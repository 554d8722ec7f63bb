/** PostgreSQL cuts longer identifiers; room is left for the suffixes of indexes. */
const TABLE_NAME_LENGTH_MAX = 50;

/** Table of a generation. Throws a TypeError when the read model's name is too long for one. */
export function tableName(model: string, generation: number): string {
  const name = `read_${model.replaceAll(/[.-]/g, '_')}_g${generation}`;
  if (name.length > TABLE_NAME_LENGTH_MAX)
    throw new TypeError(`the name of the read model ${model} is too long`);
  return name;
}

/** Two models must not share tables: `a.b-c` and `a.b.c` would. Throws a TypeError. */
export function checkTableNames(models: readonly { readonly name: string }[]): void {
  const seen = new Map<string, string>();
  for (const { name } of models) {
    const table = tableName(name, 0);
    const other = seen.get(table);
    if (other !== undefined)
      throw new TypeError(`the read models ${other} and ${name} would share tables`);
    seen.set(table, name);
  }
}
