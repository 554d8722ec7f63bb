/** Chooses pictures of the gallery, in the order in which they are chosen. */
import { useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { classes } from '../../design/classes.ts';
import { Dialog } from '../../design/dialogs.tsx';
import { EmptyState } from '../../design/marks.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { useImages } from './gallery-view.tsx';
import { textIn } from './menu-types.ts';
import { Picture } from './picture.tsx';
import { words } from './words-gallery.ts';

/** What ChoosePictures works with. */
function useChoosePictures(props: {
  readonly value: readonly string[];
  readonly isBusy: boolean;
  onDone(ids: readonly string[]): void;
  onClose(): void;
}) {
  const t = useWords(words);
  const language = useLanguage();
  const { onDone, onClose, isBusy } = props;
  const [ids, setIds] = useState(props.value);
  const list = useImages();
  const images = list.rows.filter(
    ({ status, personId }) => status !== 'removed' && personId === null,
  );
  return { t, language, onDone, onClose, isBusy, ids, setIds, list, images };
}

export function ChoosePictures(props: {
  readonly value: readonly string[];
  readonly isBusy: boolean;
  onDone(ids: readonly string[]): void;
  onClose(): void;
}): ReactElement {
  const { t, language, onDone, onClose, isBusy, ids, setIds, list, images } =
    useChoosePictures(props);
  return (
    <Dialog
      title={t('choose')}
      size="wide"
      isOpen
      onClose={onClose}
      footer={
        <Button kind="primary" isBusy={isBusy} onClick={() => onDone(ids)}>
          {t('choose-done')}
        </Button>
      }
    >
      {images.length === 0 ? (
        <EmptyState icon="image" title={t('empty-title')} text={t('empty-text')} />
      ) : null}
      <div className="grid grid-cols-3 gap-2 sm:grid-cols-5">
        {images.map((image) => {
          const at = ids.indexOf(image.id);
          return (
            <button
              key={image.id}
              type="button"
              aria-pressed={at >= 0}
              aria-label={textIn(image.alt, language) || image.id}
              onClick={() =>
                setIds(at >= 0 ? ids.filter((id) => id !== image.id) : [...ids, image.id])
              }
              className={classes(
                'relative overflow-hidden rounded-control border-2',
                at >= 0 ? 'border-brand' : 'border-transparent hover:border-control',
              )}
            >
              <Picture image={image} className="aspect-square w-full" />
              {at < 0 ? null : (
                <span className="absolute top-1 right-1 min-w-6 rounded-full bg-brand px-1.5 text-13 text-on-brand">
                  {at + 1}
                </span>
              )}
            </button>
          );
        })}
      </div>
      {list.loadMore === undefined ? null : (
        <Button className="mt-3" isBusy={list.isLoading} onClick={list.loadMore}>
          …
        </Button>
      )}
    </Dialog>
  );
}
