/** A small choice kept in this browser. */
import { useCallback, useState } from 'react';

export function useKept(name: string, initial: string): readonly [string, (value: string) => void] {
  const [value, setValue] = useState(() => localStorage.getItem(name) ?? initial);
  const keep = useCallback(
    (next: string) => {
      localStorage.setItem(name, next);
      setValue(next);
    },
    [name],
  );
  return [value, keep];
}
