/** Ids of customers that an import makes: the same for the same phone or e-mail, and telling neither. */

/** Hexadecimal digits: 128 bits, so that two never meet. */
const LENGTH = 32;

/** The id that belongs to what a row is known by. */
export type ImportIds = (knownBy: string) => Promise<string>;

/** A keyed hash: whoever sees an id cannot try all phones of a country against it. */
export async function createImportIds(secret: Uint8Array, tenant: string): Promise<ImportIds> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const bytes = Uint8Array.from(secret);
  const key = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign']);
  return async (knownBy) => {
    const text = new TextEncoder().encode(`customers.import\n${tenant}\n${knownBy}`);
    const signed = new Uint8Array(await crypto.subtle.sign('HMAC', key, text));
    const hex = [...signed].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return `customer-${hex.slice(0, LENGTH)}`;
  };
}
