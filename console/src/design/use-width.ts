/** The width of an element, kept current; 0 until it is known. */
import { useCallback, useState } from 'react';

/** The second is the element's ref, which ends the watching when the element goes; the third is the element itself. */
export function useWidth<Element extends HTMLElement>(): readonly [
  width: number,
  place: (element: Element) => () => void,
  element: Element | null,
] {
  const [width, setWidth] = useState(0);
  const [placed, setPlaced] = useState<Element | null>(null);
  const place = useCallback((element: Element) => {
    setPlaced(element);
    setWidth(element.clientWidth);
    const sizes = new ResizeObserver(() => setWidth(element.clientWidth));
    sizes.observe(element);
    return () => {
      setPlaced(null);
      sizes.disconnect();
    };
  }, []);
  return [width, place, placed];
}
