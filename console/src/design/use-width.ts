/** The width of an element, kept current; 0 until it is known. */
import { useLayoutEffect, useState, type RefObject } from 'react';

export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const observed = element.current;
    if (observed === null) return undefined;
    setWidth(observed.clientWidth);
    const sizes = new ResizeObserver(() => setWidth(observed.clientWidth));
    sizes.observe(observed);
    return () => sizes.disconnect();
    // The element may come with the first rows, so it is looked for after every change until it is there.
  });
  return width;
}
