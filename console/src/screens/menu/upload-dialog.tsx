/** Takes a picture into the gallery: cut in the browser to the shape it will have, and seen before it is sent. */
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField } from '../../design/fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { FileField } from '../lists/file-field.tsx';
import { FailureNote } from '../order/failure-note.tsx';
import { cropOf, within, type Shape } from './crop.ts';
import { words } from './words-gallery.ts';

/** The widest that the gallery keeps is 1,280; twice that leaves it something to work with. */
const LONGEST = 2560;
const QUALITY = 0.92;

/** What UploadDialog works with. */
function useUploadDialog({ onClose }: { onClose(): void }) {
  const t = useWords(words);
  const [bitmap, setBitmap] = useState<ImageBitmap | null>(null);
  const [isWrong, setWrong] = useState(false);
  const [shape, setShape] = useState<Shape>('four');
  const [place, setPlace] = useState({ across: 0.5, down: 0.5 });
  const canvas = useRef<HTMLCanvasElement>(null);
  const upload = useCommand('POST /v1/catalog/images', { again: ['GET /v1/catalog/images'] });
  useEffect(() => {
    const surface = canvas.current;
    if (bitmap === null || surface === null) return;
    const crop = cropOf(bitmap, shape, place);
    const size = within(crop, LONGEST);
    surface.width = size.width;
    surface.height = size.height;
    surface
      .getContext('2d')
      ?.drawImage(bitmap, crop.x, crop.y, crop.width, crop.height, 0, 0, size.width, size.height);
  }, [bitmap, shape, place]);
  const take = (file: File): void =>
    void createImageBitmap(file).then(
      (made) => {
        setWrong(false);
        setBitmap(made);
      },
      () => setWrong(true),
    );
  const send = async (): Promise<void> => {
    const blob = await new Promise<Blob | null>(
      (resolve) => canvas.current?.toBlob(resolve, 'image/jpeg', QUALITY) ?? resolve(null),
    );
    if (blob === null) return;
    upload.mutate(
      { body: blob, headers: { 'content-type': 'image/jpeg' } },
      {
        onSuccess: () => {
          toast(t('uploaded'));
          onClose();
        },
      },
    );
  };
  return { t, bitmap, isWrong, shape, setShape, place, setPlace, canvas, upload, take, send };
}

function ShapeField({
  t,
  shape,
  setShape,
}: Pick<ReturnType<typeof useUploadDialog>, 't' | 'shape' | 'setShape'>): ReactElement {
  return (
    <SelectField
      className="w-52"
      label={t('shape')}
      value={shape}
      onChange={setShape}
      options={(['four', 'square', 'wide', 'whole'] as const).map((value) => ({
        value,
        label: t(value),
      }))}
    />
  );
}

export function UploadDialog({ onClose }: { onClose(): void }): ReactElement {
  const { t, bitmap, isWrong, shape, setShape, place, setPlace, canvas, upload, take, send } =
    useUploadDialog({ onClose });
  return (
    <Dialog
      title={t('upload')}
      isOpen
      onClose={onClose}
      footer={
        <Button
          kind="primary"
          icon="upload"
          isBusy={upload.isPending}
          disabled={bitmap === null}
          onClick={() => void send()}
        >
          {t('save')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <FileField label={t('file')} accept="image/jpeg,image/png,image/webp" onFile={take} />
        {isWrong ? <p className="text-wine">{t('not-a-picture')}</p> : null}
        {bitmap === null ? null : (
          <>
            <ShapeField t={t} shape={shape} setShape={setShape} />
            <Slider
              label={t('across')}
              value={place.across}
              onChange={(across) => setPlace({ ...place, across })}
            />
            <Slider
              label={t('down')}
              value={place.down}
              onChange={(down) => setPlace({ ...place, down })}
            />
          </>
        )}
        <canvas
          ref={canvas}
          role="img"
          aria-label={t('preview')}
          className={
            bitmap === null
              ? 'hidden'
              : 'max-h-72 self-center rounded-card border border-line max-w-full'
          }
        />
        <FailureNote error={upload.error} />
      </div>
    </Dialog>
  );
}

function Slider(props: {
  readonly label: string;
  readonly value: number;
  onChange(value: number): void;
}): ReactElement {
  return (
    <label className="flex flex-col gap-1 text-13 font-medium">
      {props.label}
      <input
        type="range"
        min={0}
        max={1}
        step={0.01}
        value={props.value}
        onChange={({ target }) => props.onChange(Number(target.value))}
        className="h-6 w-full accent-brand"
      />
    </label>
  );
}
