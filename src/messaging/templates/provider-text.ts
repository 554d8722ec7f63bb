/** Named variables as the places of a provider's template: `{{name}}` becomes `{{1}}`. Pure. */
export function placesOf(body: string, variables: readonly { readonly name: string }[]): string {
  const places = new Map(variables.map(({ name }, index) => [name, index + 1]));
  return body.replaceAll(/\{\{\s*([a-zA-Z0-9_]+)\s*\}\}/g, (all, name: string) => {
    const place = places.get(name);
    return place === undefined ? all : `{{${place}}}`;
  });
}
