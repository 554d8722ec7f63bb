/** Names of event types for screens that show events of every module. */
import { useMemo } from 'react';
import { typeInWords } from '../event-words.ts';
import { NAMED_MODULES } from './parts.ts';
import { useEveryName } from './use-names.ts';

/** What a type of event is called; one that no module names, by its last words. */
export function useEventNames(): (type: string) => string {
  const namesOf = useEveryName();
  return useMemo(
    () => (type) =>
      NAMED_MODULES.map((module) => namesOf(module).event(type)).find(
        (name) => name !== undefined,
      ) ?? typeInWords(type),
    [namesOf],
  );
}
