/** How declared columns are written in SQL: made, read in canonical form, given as parameters. */
import type { ColumnType, Row } from '../../core/read-model.ts';
import { timeText } from '../row-values.ts';

export type Columns = Readonly<Record<string, ColumnType>>;

/** Declared names are lower-case identifiers, but may be words of SQL. */
export const quoted = (name: string): string => `"${name}"`;

/** Texts compare by bytes: the same on every server and in every version of its libraries, so that pages never shift. */
export function definitionsOf(columns: Columns): string {
  return Object.entries(columns)
    .map(([name, type]) => `${quoted(name)} ${type}${type === 'text' ? ' collate "C"' : ''}`)
    .join(', ');
}

/** For `jsonb_to_recordset`. */
export function recordOf(columns: Columns): string {
  return Object.entries(columns)
    .map(([name, type]) => `${quoted(name)} ${type}`)
    .join(', ');
}

export function namesOf(columns: Columns, prefix = ''): string {
  return Object.keys(columns)
    .map((name) => prefix + quoted(name))
    .join(', ');
}

/** Select list of the columns of `t`; times as microseconds, so that no setting of the session decides their form. */
export function selectOf(columns: Columns): string {
  return Object.entries(columns)
    .map(([name, type]) => {
      const column = `t.${quoted(name)}`;
      if (type === 'timestamptz')
        return `(extract(epoch from ${column}) * 1000000)::bigint as ${quoted(name)}`;
      if (type === 'date') return `to_char(${column}, 'YYYY-MM-DD') as ${quoted(name)}`;
      return column;
    })
    .join(', ');
}

/** The canonical row of what `selectOf` gave. */
export function rowReader(columns: Columns): (found: Readonly<Record<string, unknown>>) => Row {
  const entries = Object.entries(columns);
  return (found) => {
    const row: Record<string, unknown> = {};
    for (const [name, type] of entries) {
      const value = found[name] ?? null;
      row[name] =
        typeof value !== 'bigint'
          ? value
          : type === 'timestamptz'
            ? timeText(value)
            : Number(value);
    }
    return row;
  };
}
