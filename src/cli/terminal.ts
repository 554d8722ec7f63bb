/** stdout is data, stderr is words. Progress appears only where a person looks on. */
export interface Terminal {
  /** Writes data; resolves when more may be written. Rejects with ClosedPipe when the reader went away. */
  data(text: string): Promise<void>;
  /** Writes one line of words to stderr. */
  say(text: string): void;
  /** Shows one changing line on stderr, where stderr is a terminal that can. */
  progress(text: string): void;
  /** Whether `progress` shows anything. */
  readonly animated: boolean;
  /** Whether data goes to a person. */
  readonly dataOnScreen: boolean;
  paint(style: Style, text: string): string;
  readonly input: NodeJS.ReadableStream;
}

export type Style = 'strong' | 'quiet' | 'good' | 'warn' | 'bad';

/** Whoever read our stdout has left, as `head` does. That ends a command and is no failure. */
export class ClosedPipe extends Error {
  override readonly name = 'ClosedPipe';
}

export interface TerminalOptions {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly colour: boolean;
  readonly animation: boolean;
}

const CODES: Readonly<Record<Style, string>> = {
  strong: '\x1b[1m',
  quiet: '\x1b[2m',
  good: '\x1b[32m',
  warn: '\x1b[33m',
  bad: '\x1b[31m',
};
const RESET = '\x1b[0m';
const CLEAR_LINE = '\r\x1b[2K';

export function createTerminal(options: TerminalOptions): Terminal {
  const { stdout, stderr } = options;
  const animated = stderr.isTTY === true && options.animation;
  const painted = stdout.isTTY === true && stderr.isTTY === true && options.colour;
  let closed = false;
  let lineShown = false;
  const noteClosed = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
    closed = true;
  };
  stdout.on('error', noteClosed);
  stderr.on('error', noteClosed);
  const clear = (): void => {
    if (lineShown) stderr.write(CLEAR_LINE);
    lineShown = false;
  };
  return {
    data: (text) => {
      if (stdout.isTTY === true) clear();
      return new Promise((resolve, reject) => {
        if (closed) return reject(new ClosedPipe());
        stdout.write(text, (error) => {
          if (error === undefined || error === null) resolve();
          else reject(closed || 'code' in error ? new ClosedPipe() : error);
        });
      });
    },
    say(text) {
      clear();
      stderr.write(`${text}\n`);
    },
    progress(text) {
      if (!animated) return;
      const columns = stderr.columns > 0 ? stderr.columns : 80;
      stderr.write(text === '' ? CLEAR_LINE : CLEAR_LINE + text.slice(0, columns - 1));
      lineShown = text !== '';
    },
    animated,
    dataOnScreen: stdout.isTTY === true,
    paint: (style, text) => (painted ? `${CODES[style]}${text}${RESET}` : text),
    input: options.stdin,
  };
}
