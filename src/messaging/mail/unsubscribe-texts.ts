/** Words of the page behind an unsubscribe link. */

export interface UnsubscribeTexts {
  readonly title: string;
  readonly question: string;
  readonly button: string;
  readonly done: string;
}

const EN: UnsubscribeTexts = {
  title: 'E-mails from us',
  question: 'Do you no longer want to get our offers by e-mail?',
  button: 'Unsubscribe',
  done: 'You will not get our offers by e-mail any more.',
};

const TEXTS: Readonly<Record<string, UnsubscribeTexts>> = {
  en: EN,
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
};

/** By Accept-Language (RFC 9110, section 12.5.4), in the order given; English otherwise. */
export function unsubscribeTexts(accepted: string | undefined): {
  readonly language: string;
  readonly texts: UnsubscribeTexts;
} {
  const wanted = (accepted ?? '').slice(0, 200).split(',');
  for (const part of wanted) {
    const base = part.trim().slice(0, 2).toLowerCase();
    const language = base === 'pt' ? 'pt-BR' : base;
    const texts = TEXTS[language];
    if (texts !== undefined) return { language, texts };
  }
  return { language: 'en', texts: EN };
}
