/** One location with its areas, tables, stations and taxes; each is changed by a command of its own. */
import type { ReactElement } from 'react';
import { useWords } from '../../words/language.ts';
import { ThingScreen } from '../lists/thing-screen.tsx';
import { words } from './words.ts';

export function LocationScreen(): ReactElement {
  const t = useWords(words);
  return (
    <ThingScreen
      category="business.locations"
      title={t('title')}
      back="/settings"
      titleOf={({ name }) => (typeof name === 'string' ? name : null)}
    />
  );
}
