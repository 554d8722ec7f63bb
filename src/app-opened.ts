/** What a process has opened so far, closed in reverse order. */
export class Opened {
  readonly #closers: (() => Promise<void> | void)[] = [];

  add<T>(value: T, close: (value: T) => Promise<void> | void): T {
    this.#closers.push(() => close(value));
    return value;
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close();
  }
}
