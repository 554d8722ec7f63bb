/** Words of the page behind an unsubscribe link. */

export interface UnsubscribeTexts {
  readonly title: string;
  readonly question: string;
  readonly button: string;
  readonly done: string;
}

export const UNSUBSCRIBE_TEXTS = {
  en: {
    title: 'E-mails from us',
    question: 'Do you no longer want to get our offers by e-mail?',
    button: 'Unsubscribe',
    done: 'You will not get our offers by e-mail any more.',
  },
  pl: {
    title: 'E-maile od nas',
    question: 'Nie chcesz już dostawać naszych ofert e-mailem?',
    button: 'Wypisz mnie',
    done: 'Nie będziemy już wysyłać Ci ofert e-mailem.',
  },
  'pt-BR': {
    title: 'E-mails da nossa casa',
    question: 'Não quer mais receber nossas ofertas por e-mail?',
    button: 'Cancelar inscrição',
    done: 'Você não receberá mais nossas ofertas por e-mail.',
  },
} as const satisfies Readonly<Record<string, UnsubscribeTexts>>;
