/** What can be imported: each kind is one file beside this one; kinds.ts lists them. */
import type { CommandInput } from '../command.ts';
import type { HttpClient } from '../http-client.ts';

export interface ImportKind {
  /** The word after `import`. */
  readonly name: string;
  /** One line without a full stop: what the file holds and what becomes of it. */
  readonly summary: string;
  run(input: ImportInput): Promise<ImportReport>;
}

export interface ImportInput {
  readonly client: HttpClient;
  /** Path as given, found and readable. */
  readonly file: string;
  /** `--date`, `YYYY-MM-DD`; undefined when it was not given. */
  readonly date: string | undefined;
  readonly command: CommandInput;
}

export interface ImportReport {
  /** With --json the last line of stdout: counts read back from the server. */
  readonly json: Readonly<Record<string, unknown>>;
  /** The same in words, without --json. */
  readonly text: string;
  /** What was not taken, for a person; the command then ends with "partly rejected". */
  readonly rejections: readonly { readonly where: string; readonly detail: string }[];
}
