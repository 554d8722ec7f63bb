/** Hexadecimal digits: 128 bits, so that two contents never meet. */
const LENGTH = 32;

/** The beginning of the SHA-256 of a text, in hexadecimal: for ids that derive from a content. */
export async function digest(content: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(content));
  const hex = [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0'));
  return hex.join('').slice(0, LENGTH);
}
