/** Asks before a device or a key is revoked. */
import type { ReactElement } from 'react';
import { ConfirmDialog } from '../../design/dialogs.tsx';
import { useWords } from '../../words/language.ts';
import { words } from './words.ts';

export interface Revocable {
  readonly id: string;
  readonly name: string;
}

export interface RevokeDialogProps {
  /** null while nothing is asked. */
  readonly thing: Revocable | null;
  /** Whether its name has to be typed. */
  readonly isTyped?: boolean | undefined;
  onClose(): void;
  /** What fails is shown by the tab. */
  onRevoke(id: string): Promise<unknown>;
}

export function RevokeDialog({
  thing,
  isTyped,
  onClose,
  onRevoke,
}: RevokeDialogProps): ReactElement {
  const t = useWords(words);
  return (
    <ConfirmDialog
      title={`${t('revoke')}: ${thing?.name ?? ''}`}
      text={t('revoke-text')}
      word={isTyped === true ? thing?.name : undefined}
      action={t('revoke')}
      isOpen={thing !== null}
      onClose={onClose}
      onConfirm={async () => {
        if (thing !== null) await onRevoke(thing.id).catch(() => undefined);
        onClose();
      }}
    />
  );
}
