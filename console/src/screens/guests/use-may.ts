/** Whether a command may be given now, and why not: ready for a button's props. */
import { allows, useSession } from '../../api/session.ts';
import { useAsOf } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { words } from './words.ts';

export interface Limits {
  readonly disabled: boolean;
  readonly reason: string | undefined;
}

/** Nothing is changed in the past; a command that others may approve is not refused here. */
export function useLimits(): (
  permission: string,
  options?: { readonly approvable?: boolean },
) => Limits {
  const t = useWords(words);
  const { permissions } = useSession();
  const { at } = useAsOf();
  return (permission, { approvable = false } = {}) => {
    if (at !== null) return { disabled: true, reason: t('in-the-past') };
    if (approvable || allows(permissions, permission))
      return { disabled: false, reason: undefined };
    return { disabled: true, reason: t('not-allowed') };
  };
}
