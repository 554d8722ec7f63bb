/** A new quiz: its address, title and languages; the builder has the rest. */
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button, TextLink } from '../../design/buttons.tsx';
import { TextField } from '../../design/fields.tsx';
import { Card, Page } from '../../design/page.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { useLimits } from '../lists/use-limits.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { cleaned, idOf, textOf, unwritten, type Draft } from './quiz-draft.ts';
import { LanguagesField, QuizTexts } from './quiz-parts.tsx';
import { words } from './words-quiz.ts';
import { words as areaWords } from './words.ts';

const SLUG_MAX = 60;
/** The address of this very screen. */
const TAKEN = 'new';

function useNewQuiz() {
  const navigate = useNavigate();
  const language = useLanguage();
  const [draft, setDraft] = useState<Draft>({
    title: {},
    languages: [language === 'pt' ? 'pt-BR' : language],
    questions: [],
    endings: [],
  });
  /** Null while it follows the title. */
  const [typed, setTyped] = useState<string | null>(null);
  const create = useCommand('POST /v1/leads/quizzes', { again: ['GET /v1/leads/quizzes'] });
  const title = textOf(draft.title, draft.languages[0] ?? 'en');
  const slug = typed ?? idOf(title, { max: SLUG_MAX }).replace(/-$/, '');
  const definition = cleaned(draft);
  const isReady = slug !== '' && slug !== TAKEN && unwritten(definition).length === 0;
  const give = (): void =>
    create.mutate(
      { body: { slug, definition } },
      {
        onSuccess: ({ id }) => void navigate({ to: `/leads/quizzes/${encodeURIComponent(id)}` }),
      },
    );
  return { draft, setDraft, slug, setTyped, create, isReady, give };
}

export function QuizNewScreen(): ReactElement {
  const t = useWords(words);
  const area = useWords(areaWords);
  const limits = useLimits()('leads:quizzes');
  const { draft, setDraft, slug, setTyped, create, isReady, give } = useNewQuiz();
  return (
    <Page
      title={t('new-quiz')}
      above={
        <TextLink to="/leads" search={{ view: 'quizzes' }}>
          {area('quizzes')}
        </TextLink>
      }
    >
      <Card className="max-w-3xl">
        <div className="flex min-w-0 flex-col gap-4">
          <QuizTexts
            languages={draft.languages}
            label={t('title')}
            value={draft.title}
            onChange={(title) => setDraft({ ...draft, title })}
          />
          <TextField
            label={t('slug')}
            hint={t('slug-hint')}
            error={slug === TAKEN ? t('slug-taken') : null}
            required
            isMono
            value={slug}
            onChange={(text) => setTyped(idOf(text, { max: SLUG_MAX }))}
          />
          <LanguagesField
            value={draft.languages}
            onChange={(languages) => setDraft({ ...draft, languages })}
          />
          <FailureNote error={create.error} />
          <div>
            <Button
              kind="primary"
              disabled={limits.disabled || !isReady}
              reason={limits.reason}
              isBusy={create.isPending}
              onClick={give}
            >
              {t('create')}
            </Button>
          </div>
        </div>
      </Card>
    </Page>
  );
}
