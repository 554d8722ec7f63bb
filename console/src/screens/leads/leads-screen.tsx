/** The pipeline of leads, their list, quizzes and who visited them. */
import type { ReactElement } from 'react';
import { client } from '../../api/api.ts';
import { Button, LinkButton } from '../../design/buttons.tsx';
import { useProblemToast } from '../../design/problem-toast.ts';
import { useWords } from '../../words/language.ts';
import { AreaScreen } from '../lists/area-screen.tsx';
import { saveFile } from '../today/save-file.ts';
import { BoardView } from './board-view.tsx';
import { LeadsList } from './leads-list.tsx';
import { QuizzesList, VisitsList } from './quizzes-list.tsx';
import { words as quizWords } from './words-quiz.ts';
import { words } from './words.ts';

export function LeadsScreen(): ReactElement {
  const t = useWords(words);
  const quiz = useWords(quizWords);
  const told = useProblemToast();
  const save = async (): Promise<void> => {
    const { body } = await client.call('GET /v1/leads/export.csv', {});
    saveFile({ name: 'leads.csv', type: 'text/csv', text: body });
  };
  return (
    <AreaScreen
      title={t('title')}
      actions={
        <>
          <LinkButton to="/leads/quizzes/new" icon="plus">
            {quiz('new-quiz')}
          </LinkButton>
          <Button icon="download" onClick={() => void save().catch(told)}>
            {t('export')}
          </Button>
        </>
      }
      tabs={[
        { key: 'board', title: t('board'), view: () => <BoardView /> },
        { key: 'list', title: t('list'), view: () => <LeadsList /> },
        { key: 'quizzes', title: t('quizzes'), view: () => <QuizzesList /> },
        { key: 'sessions', title: t('sessions'), view: () => <VisitsList /> },
      ]}
    />
  );
}
