/** What the page of a double opt-in says. Plain text without anything that HTML would read otherwise. */
export interface OptInWords {
  readonly language: string;
  readonly title: string;
  readonly ask: string;
  readonly button: string;
  readonly done: string;
}

const ENGLISH: OptInWords = {
  language: 'en',
  title: 'Messages from us',
  ask: 'Did you ask us to write to you?',
  button: 'Yes, write to me',
  done: 'Thank you. We may write to you now.',
};

const WORDS: readonly OptInWords[] = [
  ENGLISH,
  {
    language: 'pl',
    title: 'Wiadomości od nas',
    ask: 'Czy to Ty prosisz o wiadomości od nas?',
    button: 'Tak, piszcie do mnie',
    done: 'Dziękujemy. Możemy teraz do Ciebie pisać.',
  },
  {
    language: 'pt-BR',
    title: 'Mensagens nossas',
    ask: 'Você pediu para receber mensagens nossas?',
    button: 'Sim, quero receber',
    done: 'Obrigado. Agora podemos escrever para você.',
  },
];

/** By the first language of Accept-Language (RFC 9110, section 12.5.4) that there are words for; else English. */
export function optInWords(accepted: string): OptInWords {
  for (const range of accepted.toLowerCase().split(',')) {
    const base = range.trim().slice(0, 2);
    const found = WORDS.find(({ language }) => language.slice(0, 2) === base);
    if (found !== undefined) return found;
  }
  return ENGLISH;
}
