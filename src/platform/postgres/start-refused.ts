/** The server must not start like this. The message says what was found and what to do; the program prints it and ends. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}
