/** Takes files by drag and drop, or through the dialog of the browser. */
import { useId, useState, type ReactElement } from 'react';
import { classes } from '../../design/classes.ts';
import { Icon } from '../../design/icons.tsx';
import { defineWords } from '../../words/define-words.ts';
import { useWords } from '../../words/language.ts';

const words = defineWords({
  en: { choose: 'Choose a file', drop: 'or drop it here' },
  pl: { choose: 'Wybierz plik', drop: 'albo upuść go tutaj' },
  pt: { choose: 'Escolha um arquivo', drop: 'ou solte-o aqui' },
});

export function FileField(props: {
  readonly label: string;
  readonly accept?: string;
  readonly multiple?: boolean;
  onFile(file: File): void;
}): ReactElement {
  const id = useId();
  const [names, setNames] = useState<readonly string[]>([]);
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null): void => {
    const all = [...(files ?? [])].slice(0, props.multiple === true ? undefined : 1);
    setNames(all.map(({ name }) => name));
    for (const file of all) props.onFile(file);
  };
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="text-13 font-medium">{props.label}</span>
      {/* The drop is an extra beside the field's own dialog, which keyboards reach. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <label
        htmlFor={id}
        onDragOver={(drag) => {
          drag.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(drop) => {
          drop.preventDefault();
          setOver(false);
          take(drop.dataTransfer.files);
        }}
        className={classes(
          'flex min-h-20 cursor-pointer flex-col items-center justify-center gap-1 rounded-card border border-dashed px-4 py-3 text-center focus-within:outline-2 focus-within:outline-brand',
          isOver ? 'border-brand bg-brand-soft' : 'border-control bg-raised hover:bg-sunken',
        )}
      >
        <Invitation />
        {names.length === 0 ? null : (
          <span className="max-w-full truncate text-13 text-muted">{names.join(', ')}</span>
        )}
        <input
          id={id}
          type="file"
          aria-label={props.label}
          accept={props.accept}
          multiple={props.multiple}
          className="sr-only"
          onChange={({ target }) => {
            take(target.files);
            target.value = '';
          }}
        />
      </label>
    </div>
  );
}

function Invitation(): ReactElement {
  const t = useWords(words);
  return (
    <span className="flex items-center gap-2">
      <Icon name="upload" size={20} className="text-muted" />
      <span className="font-medium text-brand underline underline-offset-2">{t('choose')}</span>
      <span className="text-muted">{t('drop')}</span>
    </span>
  );
}
