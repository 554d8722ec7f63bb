/** What guests of the demo answer: words that fit after anything the house may have written. None of them is an opt-out. */
import type { Draw } from '../../platform/pretended/plan-statuses.ts';

const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  en: [
    'Perfect, thank you!',
    'Great, that works for us 🙂',
    'Thanks for the quick answer, see you soon!',
    'Lovely. Is it easy to park nearby?',
  ],
  pl: [
    'Świetnie, dziękuję!',
    'Super, pasuje nam 🙂',
    'Dziękuję za szybką odpowiedź, do zobaczenia!',
    'Pięknie. Czy w pobliżu łatwo zaparkować?',
  ],
  'pt-BR': [
    'Perfeito, obrigada!',
    'Ótimo, combinado 🙂',
    'Obrigado pela resposta rápida, até logo!',
    'Que bom! É fácil estacionar aí perto?',
  ],
  fr: [
    'Parfait, merci beaucoup !',
    'Super, ça nous convient 🙂',
    'Merci pour la réponse rapide, à bientôt !',
    'Très bien. On peut se garer facilement à côté ?',
  ],
};
const USUAL = 'en';

export const ANSWER_LANGUAGES: readonly string[] = Object.keys(ANSWERS);

/** In the guest's language where there is one of these, else in English. */
export function answerIn(language: string, draw: Draw): string {
  const some = ANSWERS[language] ?? ANSWERS[USUAL] ?? [];
  return some[Math.floor(draw() * some.length)] ?? '';
}
