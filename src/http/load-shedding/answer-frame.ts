/** Finds the ends of the server's answers, which come one after another on a connection (RFC 9112, section 6). */
export class AnswerFrame {
  #head = '';
  /** Of the body; -1 while the head is read. */
  #bytesLeft = -1;
  #closes = false;

  /** Whether the answer said that its connection ends with it. */
  get closes(): boolean {
    return this.#closes;
  }

  /** `unframed`: an answer without a length, whose end only its reader finds. */
  take(chunk: Buffer): 'more' | 'whole' | 'unframed' {
    if (this.#bytesLeft >= 0) return this.#takeBody(chunk.length);
    // One character a byte, so lengths are those of bytes.
    const read = this.#head + chunk.toString('latin1');
    const end = read.indexOf('\r\n\r\n');
    if (end < 0) {
      this.#head = read;
      return 'more';
    }
    this.#head = '';
    const head = read.slice(0, end + 2);
    const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(head)?.[1];
    if (length === undefined) return 'unframed';
    this.#closes = /\r\nconnection: *close\r\n/i.test(head);
    this.#bytesLeft = Number(length);
    return this.#takeBody(read.length - end - 4);
  }

  #takeBody(bytes: number): 'more' | 'whole' {
    this.#bytesLeft -= bytes;
    if (this.#bytesLeft > 0) return 'more';
    this.#bytesLeft = -1;
    return 'whole';
  }
}
