/** Texts such as `order/{order_id}` over the columns of a table and the number of the row. */
import { closestWord } from '../../config-closest-word.ts';
import { usageError } from '../command.ts';

export interface Row {
  /** 1 for the first row below the header. */
  readonly number: number;
  readonly cells: readonly string[];
}

export type Template = (row: Row) => string;

/** Stands for the row number, whether or not a column has this name. */
const ROW_WORD = 'row';

/**
 * Compiles a template. `{name}` is a column, `{row}` the row number, `{{` and `}}` are braces. `option` is named in
 * errors. Errors: usage, for an unknown column or a single brace.
 */
export function compileTemplate(
  text: string,
  from: { readonly option: string; readonly columns: readonly string[] },
): Template {
  const parts: Template[] = [];
  let rest = text;
  while (rest !== '') {
    const found = /^(?:[^{}]+|\{\{|\}\}|\{([^{}]+)\})/.exec(rest);
    if (found === null)
      throw usageError(
        `--${from.option} has a single brace in "${text}". Write {{ or }} for a brace itself.`,
      );
    parts.push(partOf(found[0], found[1], from));
    rest = rest.slice(found[0].length);
  }
  return (row) => parts.map((part) => part(row)).join('');
}

function partOf(
  text: string,
  name: string | undefined,
  from: { readonly option: string; readonly columns: readonly string[] },
): Template {
  if (name === ROW_WORD) return (row) => String(row.number);
  if (name !== undefined) {
    const index = columnIndex(name, from);
    return (row) => row.cells[index] ?? '';
  }
  const literal = text === '{{' || text === '}}' ? text.slice(1) : text;
  return () => literal;
}

/** Errors: usage, naming the columns there are. */
export function columnIndex(
  name: string,
  from: { readonly option: string; readonly columns: readonly string[] },
): number {
  const index = from.columns.indexOf(name);
  if (index >= 0) return index;
  const near = closestWord(name, from.columns);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  throw usageError(
    `--${from.option} names the column "${name}", which the file does not have.${hint} Columns: ${from.columns.join(', ')}.`,
  );
}
