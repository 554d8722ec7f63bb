/**
 * Values of `ce-` headers, HTTP protocol binding 1.0.2, section 3.1.3.2: first double-quoted strings are unescaped
 * (RFC 9110, section 5.6.4; older senders quote), then one round of percent-decoding follows. Characters beyond printable ASCII
 * must have been percent-encoded by the sender and are refused, because a header does not say their encoding.
 */

export type DecodedValue = { readonly text: string } | { readonly problem: string };

const PRINTABLE = /^[\x20-\x7e]*$/;
const BAD_PERCENT = /%(?![0-9A-Fa-f]{2})/;

/** Decodes one header value as Node gives it (one character per byte, outer white space removed). */
export function decodeHeaderValue(value: string): DecodedValue {
  if (!PRINTABLE.test(value))
    return { problem: 'has characters that must be percent-encoded in a header' };
  const unquoted = value.includes('"') ? unquote(value) : value;
  if (unquoted === null) return { problem: 'has a quoted string that does not end' };
  if (!unquoted.includes('%')) return { text: unquoted };
  if (BAD_PERCENT.test(unquoted))
    return { problem: 'has a % that is not followed by two hexadecimal digits' };
  try {
    // One round over the whole value; refuses byte sequences that are not UTF-8, overlong ones included.
    return { text: decodeURIComponent(unquoted) };
  } catch {
    return { problem: 'percent-decodes to bytes that are not valid UTF-8' };
  }
}

/** Resolves double-quoted parts and the backslash escapes within them; null when a quote stays open. */
function unquote(value: string): string | null {
  let text = '';
  let quoted = false;
  for (let i = 0; i < value.length; i++) {
    const character = value.charAt(i);
    if (character === '"') quoted = !quoted;
    else if (quoted && character === '\\' && i + 1 < value.length) text += value.charAt(++i);
    else text += character;
  }
  return quoted ? null : text;
}
