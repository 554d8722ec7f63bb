/**
 * How values of PostgreSQL become values of ours. Given to each client, never set on pg's process-wide table, which
 * other libraries in the process may rely on.
 */
import pg from 'pg';

const OID_INT8 = 20;
const OID_DATE = 1082;
const OID_TIMESTAMP = 1114;
const OID_TIMESTAMPTZ = 1184;
const OID_INT8_ARRAY = 1016;
const OID_BYTEA = 17;

type TextParser = (value: string) => unknown;

const asText: TextParser = (value) => value;

function parseInt8Array(value: string): (bigint | null)[] {
  const inner = value.slice(1, -1);
  if (inner === '') return [];
  return inner.split(',').map((item) => (item === 'NULL' ? null : BigInt(item)));
}

/** Dates stay text: a Date would drop microseconds, and `recordedtime` is compared to the microsecond. */
const PARSERS: ReadonlyMap<number, TextParser> = new Map<number, TextParser>([
  [OID_INT8, BigInt],
  [OID_INT8_ARRAY, parseInt8Array],
  [OID_DATE, asText],
  [OID_TIMESTAMP, asText],
  [OID_TIMESTAMPTZ, asText],
  // The text form is `\x` and hexadecimal digits; bytea_output = escape is not supported and never the default.
  [OID_BYTEA, (value) => Buffer.from(value.slice(2), 'hex')],
]);

export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const own = format === 'binary' ? undefined : PARSERS.get(oid);
    // safe because: pg's table takes both formats, its typings only know one at a time.
    return own ?? pg.types.getTypeParser(oid, format as 'text');
  },
};
