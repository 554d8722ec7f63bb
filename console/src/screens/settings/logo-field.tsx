/** The logo of the house: one of the pictures of the gallery. */
import { useState, type ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { Button, TextLink } from '../../design/buttons.tsx';
import { useWords } from '../../words/language.ts';
import { ChoosePictures } from '../menu/choose-pictures.tsx';
import type { ImageRow } from '../menu/menu-types.ts';
import { Picture } from '../menu/picture.tsx';
import { shaped } from '../order/order-types.ts';
import { words } from './profile-words.ts';

/** Pictures that are looked through for the one that is chosen; a house has fewer. */
const PICTURES_MAX = 200;

export function LogoField(props: {
  readonly value: string | null;
  readonly isOff: boolean;
  onChange(value: string | null): void;
}): ReactElement | null {
  const t = useWords(words);
  const { permissions } = useSession();
  const [isChoosing, setChoosing] = useState(false);
  const { value, isOff, onChange } = props;
  const mayLook = allows(permissions, 'catalog:read');
  const images = useRead(
    'GET /v1/catalog/images',
    { query: { limit: PICTURES_MAX } },
    { enabled: mayLook },
  );
  const all = shaped<readonly ImageRow[]>(images.data?.items ?? []);
  const image = all.find(({ id, status }) => id === value && status !== 'removed');
  if (!mayLook) return null;
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="pb-1 text-13 font-medium">{t('logo')}</legend>
      <div className="flex min-w-0 flex-wrap items-center gap-3">
        <Chosen value={value} image={image} />
        {isOff ? null : (
          <>
            <Button icon="image" onClick={() => setChoosing(true)}>
              {t('logo-choose')}
            </Button>
            {value === null ? null : (
              <Button icon="close" onClick={() => onChange(null)}>
                {t('logo-remove')}
              </Button>
            )}
          </>
        )}
      </div>
      {image?.status === 'private' ? (
        <p className="text-13 text-brass-text">{t('logo-private')}</p>
      ) : null}
      <p className="text-12 text-muted">
        {t('logo-hint')}{' '}
        <TextLink to="/menu" search={{ view: 'gallery' }}>
          {t('logo-gallery')}
        </TextLink>
      </p>
      {isChoosing ? (
        <ChoosePictures
          value={value === null ? [] : [value]}
          isSingle
          isBusy={false}
          onDone={([id = null]) => {
            onChange(id);
            setChoosing(false);
          }}
          onClose={() => setChoosing(false)}
        />
      ) : null}
    </fieldset>
  );
}

function Chosen(props: {
  readonly value: string | null;
  readonly image: ImageRow | undefined;
}): ReactElement {
  const t = useWords(words);
  const { value, image } = props;
  return image === undefined ? (
    <span className="text-muted">{t(value === null ? 'logo-none' : 'logo-gone')}</span>
  ) : (
    <Picture image={image} className="size-16 rounded-control object-contain" width={160} />
  );
}
