/** The readable mark that the server sets beside the cookie of a session: without it there is none to ask about. */

const NAMES = ['__Host-comptoir-here', 'comptoir-here'] as const;

/** Whether a session may be there, by `document.cookie`. */
export function isMarked(cookies: string): boolean {
  const pairs = cookies.split(';').map((pair) => pair.trim());
  return NAMES.some((name) => pairs.includes(`${name}=1`));
}

/** Values for `document.cookie` that remove the mark. */
export function unmarking(): readonly string[] {
  const ended = 'Path=/; SameSite=Lax; Max-Age=0';
  return NAMES.map((name) =>
    name.startsWith('__Host-') ? `${name}=; ${ended}; Secure` : `${name}=; ${ended}`,
  );
}
