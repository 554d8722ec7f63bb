/** What earlier steps said and later ones need. */
export interface Begun {
  readonly name: string;
  readonly country: string;
}
