/** A picture of the gallery at a width that suits its place. */
import type { ReactElement } from 'react';
import { classes } from '../../design/classes.ts';
import { useLanguage } from '../../words/language.ts';
import { textIn, type ImageRow } from './menu-types.ts';

export function Picture(props: {
  readonly image: Pick<ImageRow, 'id' | 'sources' | 'alt'>;
  /** CSS pixels. */
  readonly width?: number;
  readonly className?: string;
}): ReactElement {
  const language = useLanguage();
  const { image, width = 320, className } = props;
  const fitting = image.sources
    .filter(({ type }) => type === 'image/webp')
    .toSorted((a, b) => a.width - b.width);
  const source = fitting.find((each) => each.width >= width) ?? fitting.at(-1);
  return (
    <img
      src={`/v1/catalog/images/${encodeURIComponent(image.id)}/${source?.file ?? ''}`}
      alt={textIn(image.alt, language)}
      loading="lazy"
      className={classes('bg-sunken object-cover', className)}
    />
  );
}
