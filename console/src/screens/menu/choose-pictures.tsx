/** Chooses pictures of the gallery, in the order in which they are chosen. */
import { useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { classes } from '../../design/classes.ts';
import { Dialog } from '../../design/dialogs.tsx';
import { Icon } from '../../design/icons.tsx';
import { EmptyState } from '../../design/marks.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { useImages } from './gallery-view.tsx';
import { textIn } from './menu-types.ts';
import { Picture } from './picture.tsx';
import { words } from './words-gallery.ts';

interface ChoosePicturesProps {
  readonly value: readonly string[];
  readonly isBusy: boolean;
  /** Only one: the next takes its place. */
  readonly isSingle?: boolean;
  onDone(ids: readonly string[]): void;
  onClose(): void;
}

/** What ChoosePictures works with. */
function useChoosePictures(props: ChoosePicturesProps) {
  const t = useWords(words);
  const language = useLanguage();
  const { onDone, onClose, isBusy } = props;
  const [ids, setIds] = useState(props.value);
  const list = useImages();
  const images = list.rows.filter(
    ({ status, personId }) => status !== 'removed' && personId === null,
  );
  const isSingle = props.isSingle === true;
  const choose = (id: string): void => {
    if (ids.includes(id)) setIds(ids.filter((each) => each !== id));
    else setIds(isSingle ? [id] : [...ids, id]);
  };
  return { t, language, onDone, onClose, isBusy, isSingle, ids, choose, list, images };
}

export function ChoosePictures(props: ChoosePicturesProps): ReactElement {
  const { t, language, onDone, onClose, isBusy, isSingle, ids, choose, list, images } =
    useChoosePictures(props);
  return (
    <Dialog
      title={t(isSingle ? 'choose-one' : 'choose')}
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
              onClick={() => choose(image.id)}
              className={classes(
                'relative overflow-hidden rounded-control border-2',
                at >= 0 ? 'border-brand' : 'border-transparent hover:border-control',
              )}
            >
              <Picture image={image} className="aspect-square w-full" />
              {at < 0 ? null : (
                <span className="absolute top-1 right-1 min-w-6 rounded-full bg-brand px-1.5 text-13 text-on-brand">
                  {isSingle ? <Icon name="check" /> : at + 1}
                </span>
              )}
            </button>
          );
        })}
      </div>
      {list.loadMore === undefined ? null : (
        <Button className="mt-3" isBusy={list.isLoading} onClick={list.loadMore}>
          {t('more')}
        </Button>
      )}
    </Dialog>
  );
}
