/** How a guest is looked for: an e-mail and a phone are asked of the server, a name is looked for among those loaded. Pure. */

export type GuestSearch =
  | { readonly by: 'none' }
  | { readonly by: 'email'; readonly email: string }
  | { readonly by: 'phone'; readonly phone: string }
  | { readonly by: 'name'; readonly text: string };

const PHONE = /^\+?[\d\s()./-]{5,}$/;

export function searchOf(typed: string): GuestSearch {
  const text = typed.trim();
  if (text === '') return { by: 'none' };
  if (text.includes('@')) return { by: 'email', email: text };
  if (PHONE.test(text)) return { by: 'phone', phone: `+${text.replaceAll(/\D/g, '')}` };
  return { by: 'name', text };
}

/** Every word of the text begins a word of the name or tag, whatever the accents. */
export function hasWords(of: readonly (string | null)[], text: string): boolean {
  const there = plain(of.filter((each) => each !== null).join(' ')).split(/\s+/);
  return plain(text)
    .split(/\s+/)
    .every((word) => there.some((each) => each.startsWith(word)));
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'l')
    .toLowerCase();
}
