/** Two people changed one thing: both values are shown, nothing is overwritten unseen. */
import type { ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { DiffView } from '../../design/texts.tsx';
import { defineWords } from '../../words/define-words.ts';
import { useWords } from '../../words/language.ts';

const words = defineWords({
  en: {
    title: 'Somebody else changed it meanwhile',
    text: 'Before is what you began with, after is what it is now. What you typed is kept.',
    again: 'Send mine again',
  },
  pl: {
    title: 'Ktoś inny zmienił to w tym czasie',
    text: 'Przed to stan, od którego zaczynasz, po to stan teraz. To, co wpisujesz, jest zachowane.',
    again: 'Wyślij moje ponownie',
  },
  pt: {
    title: 'Outra pessoa mudou isso nesse meio-tempo',
    text: 'Antes é o que você tinha, depois é o que é agora. O que você digitou está guardado.',
    again: 'Enviar o meu de novo',
  },
});

export function Conflict(props: {
  readonly before: unknown;
  readonly after: unknown;
  onAgain(): void;
}): ReactElement {
  const t = useWords(words);
  return (
    <div
      role="alert"
      className="flex flex-col gap-3 rounded-card border border-brass bg-brass-soft p-3"
    >
      <p className="font-semibold">{t('title')}</p>
      <p>{t('text')}</p>
      <div className="rounded-control bg-raised">
        <DiffView before={props.before} after={props.after} />
      </div>
      <div>
        <Button onClick={props.onAgain}>{t('again')}</Button>
      </div>
    </div>
  );
}
