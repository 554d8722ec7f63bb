/** One picture: the words for who cannot see it, whether everybody may see it, and its removal. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { ConfirmDialog, Dialog } from '../../design/dialogs.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { useLimits } from '../lists/use-limits.ts';
import { followUp } from '../lists/follow-up.ts';
import { FailureNote } from '../order/failure-note.tsx';
import type { ImageRow } from './menu-types.ts';
import { Picture } from './picture.tsx';
import { filled } from './product-value.ts';
import { TextsFields } from './texts-fields.tsx';
import type { House } from './use-catalog.ts';
import { words } from './words-gallery.ts';

const AGAIN = [
  'GET /v1/catalog/images',
  'GET /v1/catalog/images/shown',
  'GET /v1/catalog/albums',
] as const;
const ALT_MAX = 300;

/** The commands of a picture, each with what is said when it was done. */
function useImage({ id }: ImageRow) {
  const t = useWords(words);
  const describe = useCommand('POST /v1/catalog/images/{id}/describe', { again: AGAIN });
  const publish = useCommand('POST /v1/catalog/images/{id}/publish', { again: AGAIN });
  const unpublish = useCommand('POST /v1/catalog/images/{id}/unpublish', { again: AGAIN });
  const params = { id };
  const done = { onSuccess: () => toast(t('saved')) };
  return {
    describe: (alt: ImageRow['alt']): void =>
      describe.mutate({ params, body: { alt: filled(alt ?? {}) } }, done),
    publish: (): void => publish.mutate({ params, body: {} }, done),
    unpublish: (): void => unpublish.mutate({ params, body: {} }, done),
    isDescribing: describe.isPending,
    isPublishing: publish.isPending || unpublish.isPending,
    error: describe.error ?? publish.error ?? unpublish.error,
  };
}

export function ImageDialog(props: {
  readonly image: ImageRow;
  readonly house: House;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const { image, house, onClose } = props;
  const commands = useImage(image);
  const [alt, setAlt] = useState(image.alt ?? {});
  const [isRemoving, setRemoving] = useState(false);
  return (
    <Dialog
      title={t('describe')}
      isOpen
      onClose={onClose}
      footer={
        <ImageButtons
          commands={commands}
          isPublished={image.status === 'published'}
          alt={alt}
          onRemove={() => setRemoving(true)}
        />
      }
    >
      <div className="flex flex-col gap-4">
        <Picture
          image={image}
          width={640}
          className="max-h-72 w-full rounded-card object-contain"
        />
        <p className="text-13 text-muted">{t('alt-hint')}</p>
        <TextsFields
          languages={house.languages}
          label={(language) => t('alt', { language })}
          value={alt}
          onChange={setAlt}
          maxLength={ALT_MAX}
        />
        <FailureNote error={commands.error} />
      </div>
      <RemoveDialog
        id={image.id}
        isOpen={isRemoving}
        onClose={() => setRemoving(false)}
        onRemoved={onClose}
      />
    </Dialog>
  );
}

function ImageButtons(props: {
  readonly commands: ReturnType<typeof useImage>;
  readonly isPublished: boolean;
  /** As it is typed now. */
  readonly alt: NonNullable<ImageRow['alt']>;
  onRemove(): void;
}): ReactElement {
  const t = useWords(words);
  const limits = useLimits()('catalog:edit');
  const { commands, isPublished, alt, onRemove } = props;
  return (
    <>
      <Button kind="danger" {...limits} onClick={onRemove}>
        {t('remove')}
      </Button>
      <Button
        {...limits}
        isBusy={commands.isPublishing}
        onClick={isPublished ? commands.unpublish : commands.publish}
      >
        {isPublished ? t('unpublish') : t('publish')}
      </Button>
      <Button
        kind="primary"
        {...limits}
        isBusy={commands.isDescribing}
        disabled={limits.disabled || Object.keys(filled(alt)).length === 0}
        onClick={() => commands.describe(alt)}
      >
        {t('keep')}
      </Button>
    </>
  );
}

function RemoveDialog(props: {
  readonly id: string;
  readonly isOpen: boolean;
  onClose(): void;
  onRemoved(): void;
}): ReactElement {
  const t = useWords(words);
  const { id, isOpen, onClose, onRemoved } = props;
  const remove = useCommand('POST /v1/catalog/images/{id}/remove', { again: AGAIN });
  const confirm = (): void => {
    followUp(remove.mutateAsync({ params: { id }, body: {} }), () => {
      toast(t('removed'));
      onRemoved();
    });
  };
  return (
    <ConfirmDialog
      title={t('remove')}
      text={t('remove-text')}
      action={t('remove')}
      isOpen={isOpen}
      isBusy={remove.isPending}
      onClose={onClose}
      onConfirm={confirm}
    >
      <FailureNote error={remove.error} />
    </ConfirmDialog>
  );
}
