/** The last column of devices and of keys: whether it was revoked, or the button that does. */
import { Button } from '../../design/buttons.tsx';
import type { Column } from '../../design/table-parts.ts';
import { Badge } from '../../design/marks.tsx';
import type { Speak } from '../../words/language.ts';
import type { Revocable } from './revoke-dialog.tsx';
import type { words } from './words.ts';

export function revokeColumn<Row extends Revocable & { readonly revokedAt: string | null }>(
  t: Speak<keyof (typeof words)['en']>,
  onRevoke: (thing: Revocable) => void,
): Column<Row> {
  return {
    key: 'revoke',
    title: t('status'),
    cell: ({ id, name, revokedAt }) =>
      revokedAt === null ? (
        <Button size="compact" onClick={() => onRevoke({ id, name })}>
          {t('revoke')}
        </Button>
      ) : (
        <Badge tone="bad">{t('revoked')}</Badge>
      ),
  };
}
