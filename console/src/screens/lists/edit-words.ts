/** Words around every form: saving, giving up, two people at one thing. */
import { defineWords } from '../../words/define-words.ts';

export const words = defineWords({
  en: {
    save: 'Save',
    saved: 'Saved.',
    undo: 'Take back',
    unsaved: 'Not saved yet',
    leave: 'What you changed is not saved. Leave it all the same?',
    discard: 'Throw it away',
    'discard-text': 'What you changed is not saved yet.',
    'keep-writing': 'Go on writing',
  },
  pl: {
    save: 'Zapisz',
    saved: 'Zapisano.',
    undo: 'Cofnij zmiany',
    unsaved: 'Jeszcze niezapisane',
    leave: 'Zmiany nie są zapisane. Opuścić mimo to?',
    discard: 'Odrzuć zmiany',
    'discard-text': 'Zmiany nie są jeszcze zapisane.',
    'keep-writing': 'Pisz dalej',
  },
  pt: {
    save: 'Salvar',
    saved: 'Salvo.',
    undo: 'Desfazer',
    unsaved: 'Ainda não salvo',
    leave: 'O que você mudou não está salvo. Sair mesmo assim?',
    discard: 'Descartar',
    'discard-text': 'O que você mudou ainda não está salvo.',
    'keep-writing': 'Continuar editando',
  },
});
