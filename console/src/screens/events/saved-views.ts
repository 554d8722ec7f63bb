/** Filters that somebody named, kept in the browser by business. */
import { useCallback, useState } from 'react';

export interface SavedView {
  readonly name: string;
  readonly line: string;
}

const NAME_LENGTH_MAX = 40;
/** More tabs than this are no help. */
const VIEWS_MAX = 20;

/** What somebody stored may be of an older console, or of somebody who typed into the storage. */
export function parseViews(text: string | null): readonly SavedView[] {
  try {
    const stored: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(stored)) return [];
    return stored.filter(isView).slice(0, VIEWS_MAX);
  } catch {
    return [];
  }
}

function isView(value: unknown): value is SavedView {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    'line' in value &&
    typeof value.name === 'string' &&
    typeof value.line === 'string' &&
    value.name.trim() !== ''
  );
}

/** One of the same name is replaced. */
export function withView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  const name = view.name.trim().slice(0, NAME_LENGTH_MAX);
  return [...views.filter((each) => each.name !== name), { name, line: view.line }].slice(
    -VIEWS_MAX,
  );
}

export interface SavedViews {
  readonly views: readonly SavedView[];
  save(view: SavedView): void;
  remove(name: string): void;
}

export function useSavedViews(tenant: string): SavedViews {
  const key = `comptoir.event-views.${tenant}`;
  const [views, setViews] = useState(() => parseViews(localStorage.getItem(key)));
  const keep = useCallback(
    (next: readonly SavedView[]) => {
      localStorage.setItem(key, JSON.stringify(next));
      setViews(next);
    },
    [key],
  );
  return {
    views,
    save: (view) => keep(withView(views, view)),
    remove: (name) => keep(views.filter((view) => view.name !== name)),
  };
}
