/** What the house calls its tills, for requests that have ids of them alone. Pure. */

/** As of a list of tills: their names by the field that holds the id of one. */
export function tillNames(
  tills: readonly { readonly id: string; readonly name?: string | null }[],
): (field: string, id: string) => string | undefined {
  const names = new Map(tills.map(({ id, name }) => [id, name ?? undefined]));
  return (field, id) => (field === 'tillId' ? names.get(id) : undefined);
}
