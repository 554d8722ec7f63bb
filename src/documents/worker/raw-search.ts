/**
 * Active content in the bytes as they lie there, names unescaped. It finds what the reader of objects does not see: an
 * object that no table names, an older revision, a file that two readers read in two ways. Whatever is compressed is not
 * seen here but by the reader (active-content.ts).
 */

/** Long enough never to come up by chance in compressed bytes: searched everywhere. */
const LONG =
  /\/(?:JavaScript|Launch|GoTo[RE]|SubmitForm|ImportData|EmbeddedFiles?|RichMedia(?:Execute|Content|Settings)?|FileAttachment|Rendition)(?=[\s/<>[\]()%{}]|$)/;
/** Short ones come up by chance, and as names of fonts: outside of streams only, with what must follow them. */
const SHORT = /\/(?:JS\s*(?:\(|<(?!<))|AA\s*<<|XFA\s*(?:\[|\d+\s+\d+\s+R))/;
const STREAM = /\bstream\r?\n[\s\S]*?endstream/g;
const ESCAPED = /#([0-9a-f]{2})/gi;

export function hasRawActiveContent(bytes: Buffer): boolean {
  const text = bytes.toString('latin1');
  if (LONG.test(text)) return true;
  const outside = text.replaceAll(STREAM, ' ');
  const unescaped = outside.replaceAll(ESCAPED, (_all, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return LONG.test(unescaped) || SHORT.test(unescaped);
}
