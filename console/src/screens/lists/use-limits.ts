/** Whether a command may be given now, and why not: ready for a button's props. */
import { allows, useSession } from '../../api/session.ts';
import { useAsOf } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { words } from './limits-words.ts';

export interface Limits {
  readonly disabled: boolean;
  readonly reason: string | undefined;
  /** What a role never may is not offered; in the past it is shown with the reason. */
  readonly hidden: boolean;
}

/** What the person may do now; nothing is changed in the past. */
export function useMay(): (permission: string) => 'yes' | 'in-the-past' | 'not-allowed' {
  const { permissions } = useSession();
  const { at } = useAsOf();
  return (permission) => {
    if (at !== null) return 'in-the-past';
    return allows(permissions, permission) ? 'yes' : 'not-allowed';
  };
}

/** A command that others may approve is not refused here. */
export function useLimits(): (
  permission: string,
  options?: { readonly approvable?: boolean },
) => Limits {
  const t = useWords(words);
  const may = useMay();
  return (permission, { approvable = false } = {}) => {
    const allowed = may(permission);
    if (allowed === 'yes' || (approvable && allowed === 'not-allowed'))
      return { disabled: false, reason: undefined, hidden: false };
    return { disabled: true, reason: t(allowed), hidden: allowed === 'not-allowed' };
  };
}
