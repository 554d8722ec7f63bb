import { defineWords } from '../../words/define-words.ts';

/** What keeps a quiz from being published, by the codes of the server and two of the editor's own. */
export const faultWords = defineWords({
  en: {
    EMPTY: 'The quiz has no questions.',
    ID_TWICE: 'This id stands here twice.',
    LOOP: 'The jumps lead round in a loop: {names}.',
    UNREACHABLE: 'No way leads to this question.',
    DEAD_END:
      'Nobody could answer this: options, bounds, fields or channels are missing or contradict each other.',
    TARGET_UNKNOWN: 'A jump leads to a question that is not there: {names}.',
    CONDITION_WRONG: 'A condition of a jump is incomplete or does not fit what it asks of.',
    VARIABLE_UNKNOWN: 'An option adds to a variable that is not there: {names}.',
    ENDING_MISSING: 'One ending without a bound is missing, for everybody whom no other fits.',
    ENDING_TWICE: 'Another ending has the same bound.',
    TRANSLATION_MISSING: 'Texts are missing in: {names}.',
    TEXT_MISSING: 'Something here has no words yet.',
    NAME_MISSING: 'A variable or a grade has no name.',
  },
  pl: {
    EMPTY: 'Quiz nie ma pytań.',
    ID_TWICE: 'Ten identyfikator występuje tu dwa razy.',
    LOOP: 'Skoki prowadzą w kółko: {names}.',
    UNREACHABLE: 'Żadna droga nie prowadzi do tego pytania.',
    DEAD_END:
      'Nikt nie mógłby na to odpowiedzieć: brakuje opcji, granic, pól lub kanałów albo są sprzeczne.',
    TARGET_UNKNOWN: 'Skok prowadzi do pytania, którego nie ma: {names}.',
    CONDITION_WRONG: 'Warunek skoku jest niepełny albo nie pasuje do tego, o co pyta.',
    VARIABLE_UNKNOWN: 'Opcja dodaje do zmiennej, której nie ma: {names}.',
    ENDING_MISSING: 'Brakuje zakończenia bez progu, dla wszystkich, do których nie pasuje inne.',
    ENDING_TWICE: 'Inne zakończenie ma ten sam próg.',
    TRANSLATION_MISSING: 'Brakuje tekstów w językach: {names}.',
    TEXT_MISSING: 'Coś tutaj nie ma jeszcze treści.',
    NAME_MISSING: 'Zmienna lub ocena nie ma nazwy.',
  },
  pt: {
    EMPTY: 'O quiz não tem perguntas.',
    ID_TWICE: 'Este identificador aparece aqui duas vezes.',
    LOOP: 'Os saltos andam em círculo: {names}.',
    UNREACHABLE: 'Nenhum caminho leva a esta pergunta.',
    DEAD_END:
      'Ninguém conseguiria responder: faltam opções, limites, campos ou canais, ou eles se contradizem.',
    TARGET_UNKNOWN: 'Um salto leva a uma pergunta que não existe: {names}.',
    CONDITION_WRONG: 'Uma condição de salto está incompleta ou não combina com o que consulta.',
    VARIABLE_UNKNOWN: 'Uma opção soma a uma variável que não existe: {names}.',
    ENDING_MISSING: 'Falta um final sem limite, para todos a quem nenhum outro serve.',
    ENDING_TWICE: 'Outro final tem o mesmo limite.',
    TRANSLATION_MISSING: 'Faltam textos em: {names}.',
    TEXT_MISSING: 'Algo aqui ainda não tem texto.',
    NAME_MISSING: 'Uma variável ou nota não tem nome.',
  },
});
