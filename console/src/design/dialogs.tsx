/** Dialogs over the screen: focus stays within, Escape closes, the focus goes back to where it was. */
import { Dialog as Base } from '@base-ui/react/dialog';
import { useState, type ReactElement, type ReactNode } from 'react';
import { Button, IconButton } from './buttons.tsx';
import { classes } from './classes.ts';
import { TextField } from './fields.tsx';
import { words } from './words.ts';
import { useWords } from '../words/language.ts';

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  onClose(): void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  readonly size?: 'small' | 'normal' | 'wide' | undefined;
  /** It cannot be closed but by what it asks for. */
  readonly isFirm?: boolean | undefined;
}

const SIZES = { small: 'sm:max-w-sm', normal: 'sm:max-w-lg', wide: 'sm:max-w-3xl' } as const;
/** As high as what it belongs to: a dialog that opens over another one lies behind it in the page, and covers it. */
const BACKDROP =
  'fixed inset-0 z-50 bg-shade transition-opacity duration-150 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0';

export function Dialog(props: DialogProps): ReactElement {
  const { isOpen, onClose, size = 'normal', isFirm = false } = props;
  return (
    <Base.Root
      open={isOpen}
      disablePointerDismissal={isFirm}
      onOpenChange={(open) => {
        if (!open && !isFirm) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={BACKDROP} />
        <Base.Popup
          className={classes(
            'fixed z-50 flex max-h-[92dvh] flex-col border-line bg-raised shadow-overlay outline-none',
            'inset-x-0 bottom-0 rounded-t-card border sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-[calc(100%-32px)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-card',
            'transition-[opacity,transform] duration-150 ease-out data-[ending-style]:opacity-0 data-[starting-style]:opacity-0',
            SIZES[size],
          )}
        >
          <Frame {...props} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

export interface DrawerProps extends Omit<DialogProps, 'size'> {
  readonly side?: 'left' | 'right' | undefined;
  readonly width?: 'normal' | 'wide' | undefined;
}

/** Details beside the list they belong to. */
export function Drawer(props: DrawerProps): ReactElement {
  const { isOpen, onClose, side = 'right', width = 'normal' } = props;
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={BACKDROP} />
        <Base.Popup
          className={classes(
            'fixed inset-y-0 z-50 flex w-full flex-col border-line bg-raised shadow-overlay outline-none',
            'transition-transform duration-180 ease-out',
            width === 'wide' ? 'sm:max-w-3xl' : 'sm:max-w-md',
            side === 'right'
              ? 'right-0 border-l data-[ending-style]:translate-x-full data-[starting-style]:translate-x-full'
              : 'left-0 border-r data-[ending-style]:-translate-x-full data-[starting-style]:-translate-x-full',
          )}
        >
          <Frame {...props} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function Frame({ title, children, footer, isFirm = false }: DialogProps): ReactElement {
  const t = useWords(words);
  return (
    <>
      <header className="flex items-center gap-3 border-b border-line py-2.5 pr-2.5 pl-4">
        <Base.Title dir="auto" className="min-w-0 flex-1 truncate text-16">
          {title}
        </Base.Title>
        {isFirm ? null : <Base.Close render={<IconButton icon="close" label={t('close')} />} />}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
      {footer === undefined ? null : (
        <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">
          {footer}
        </footer>
      )}
    </>
  );
}

export interface ConfirmDialogProps {
  readonly title: string;
  readonly text: ReactNode;
  /** Must be typed before the action can be given: for what cannot be taken back. */
  readonly word?: string | undefined;
  /** What the button says. */
  readonly action: string;
  readonly kind?: 'primary' | 'danger' | undefined;
  onConfirm(): void | Promise<unknown>;
  readonly isOpen: boolean;
  readonly isBusy?: boolean | undefined;
  onClose(): void;
  readonly children?: ReactNode;
}

export function ConfirmDialog(props: ConfirmDialogProps): ReactElement {
  const { title, isOpen, onClose } = props;
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} size="small">
      {isOpen ? <Confirmation {...props} /> : null}
    </Dialog>
  );
}

function Confirmation(props: ConfirmDialogProps): ReactElement {
  const t = useWords(words);
  const { text, word, action, kind = 'danger', onConfirm, onClose, isBusy = false } = props;
  const [typed, setTyped] = useState('');
  const [isWorking, setWorking] = useState(false);
  const isReady = word === undefined || typed.trim() === word;
  const confirm = (): void => {
    setWorking(true);
    void Promise.resolve(onConfirm()).then(
      () => setWorking(false),
      () => setWorking(false),
    );
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (isReady && !isWorking && !isBusy) confirm();
      }}
    >
      <div className="text-14 break-words">{text}</div>
      {props.children}
      {word === undefined ? null : (
        <TextField label={t('type-word', { word })} value={typed} onChange={setTyped} autoFocus />
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button kind={kind} type="submit" disabled={!isReady} isBusy={isWorking || isBusy}>
          {action}
        </Button>
      </div>
    </form>
  );
}
