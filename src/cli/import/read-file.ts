import { readFileSync, statSync } from 'node:fs';
import { CliError, EXIT, messageOf } from '../command.ts';

/** Far more than any menu or recipe book; a larger file is a mistake. */
const FILE_BYTES_MAX = 64 * 1024 * 1024;

/** The whole text. Errors: CliError when it is too large or not UTF-8. */
export function readText(file: string): string {
  if (statSync(file).size > FILE_BYTES_MAX)
    throw new CliError(EXIT.failed, `${file} is larger than ${FILE_BYTES_MAX} bytes.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    throw new CliError(EXIT.failed, `${file} cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
