/**
 * What follows a command that was accepted. A callback given to `mutate` is lost when its dialog goes before the lists are
 * read again, as one does that stands in the row which the command takes away; a promise is kept. What was refused is in
 * the `error` of the command.
 */
export function followUp<Answer>(given: Promise<Answer>, then: (answer: Answer) => void): void {
  void given.then(then, () => undefined);
}
