/** What a process has opened so far, closed in reverse order. */
export class Opened {
  readonly #closers: (() => Promise<void> | void)[] = [];

  /** Add what needs an end before it is started: a start that fails half-way leaves something to end. */
  add<T>(value: T, close: (value: T) => Promise<void> | void): T {
    this.#closers.push(() => close(value));
    return value;
  }

  /** Closes everything, also what comes after a failure; throws the first failure at the end. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#closers.splice(0).reverse())
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    if (failures.length > 0) throw failures[0];
  }
}
