/** Which fields of an input were refused and why, one line each. */
import type { ReactElement } from 'react';
import type { InputError } from '../../../src/client/client.ts';
import { NAMED_MODULES } from '../words/names/parts.ts';
import { readable } from '../words/names/readable.ts';
import { useEveryName, useNaming } from '../words/names/use-names.ts';
import { useFieldMessages } from '../words/problems/use-problem.ts';

/** Whether the faults say more than the text of the whole error does. */
export function hasFieldFaults(errors: readonly InputError[]): boolean {
  return errors.some(({ code }) => code !== undefined);
}

export function FieldFaults({ errors }: { readonly errors: readonly InputError[] }): ReactElement {
  const messages = useFieldMessages(errors);
  const nameOf = useFieldNames();
  return (
    <ul className="flex flex-col gap-0.5 text-13">
      {[...messages].map(([at, message]) => (
        <li key={at} className="break-words">
          {isWhole(at) ? null : <span className="font-medium">{nameOf(at)}: </span>}
          {message}
        </li>
      ))}
    </ul>
  );
}

function isWhole(at: string): boolean {
  return at === '' || at === '/';
}

/** What the field at a JSON Pointer is called here, else wherever a dictionary names it. */
function useFieldNames(): (at: string) => string {
  const { names, within } = useNaming();
  const every = useEveryName();
  return (at) => {
    const parts = at
      .split('/')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .filter((part) => part !== '' && !/^\d+$/.test(part));
    const [name = at, ...holders] = parts.toReversed();
    const plain = readable(name);
    const found = [names, ...NAMED_MODULES.map(every)].map((each) =>
      each.field(name, [...holders, ...within]),
    );
    return found.find((said) => said !== plain) ?? plain;
  };
}
