/** How much of the shedder's requests the server may have at once. */
export interface WindowLimits {
  readonly requests: number;
  /** Of their bodies. */
  readonly bytes: number;
}

/** Counts what was passed on and not answered yet: enough that the server never waits, little enough that it refuses none. */
export class AdmissionWindow {
  readonly #limits: WindowLimits;
  #requests = 0;
  #bytes = 0;

  constructor(limits: WindowLimits) {
    this.#limits = limits;
  }

  /** Whether a request may be passed on; it counts until `leave`. */
  enter(bytes: number): boolean {
    const { requests, bytes: bytesMax } = this.#limits;
    if (this.#requests >= requests || this.#bytes + bytes > bytesMax) return false;
    this.#requests += 1;
    this.#bytes += bytes;
    return true;
  }

  leave(bytes: number): void {
    this.#requests -= 1;
    this.#bytes -= bytes;
  }
}
