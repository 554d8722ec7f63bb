/**
 * From nothing to the first order.
 *
 *   business --> place (currency, zone, tax by country) --> tables --> menu --> people --> floor
 *
 * A step that is done stays done: whoever comes back later goes on with tables.
 */
import { useState, type ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { classes } from '../../design/classes.ts';
import { Icon } from '../../design/icons.tsx';
import { ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Card, Page } from '../../design/page.tsx';
import { useWords } from '../../words/language.ts';
import { BusinessStep } from './business-step.tsx';
import { MenuStep } from './menu-step.tsx';
import { PeopleStep } from './people-step.tsx';
import { PlaceStep } from './place-step.tsx';
import { TablesStep } from './tables-step.tsx';
import { words } from './words.ts';
import type { Begun } from './begun.ts';

const STEPS = ['business', 'place', 'tables', 'menu', 'people'] as const;
type Step = (typeof STEPS)[number];

export function SetUpScreen(): ReactElement {
  const t = useWords(words);
  const places = useRead('GET /v1/business/locations', {});
  return (
    <Page title={t('title')}>
      <p className="text-muted">{t('intro')}</p>
      {places.error === null ? null : (
        <ErrorNote error={places.error} onRetry={() => void places.refetch()} />
      )}
      {places.data === undefined ? (
        <Skeleton lines={6} />
      ) : (
        <Wizard locationId={places.data.items[0]?.id ?? null} />
      )}
    </Page>
  );
}

function Wizard({ locationId: found }: { readonly locationId: string | null }): ReactElement {
  const t = useWords(words);
  const [step, setStep] = useState<Step>(found === null ? 'business' : 'tables');
  const [begun, setBegun] = useState<Begun | null>(null);
  const [made, setMade] = useState<string | null>(null);
  const locationId = made ?? found ?? '';
  const number = STEPS.indexOf(step) + 1;
  const name = t(`step-${step}`);
  return (
    <div className="flex max-w-2xl flex-col gap-4">
      <Steps step={step} />
      <Card title={t('step', { number, count: STEPS.length, name })}>
        {step === 'business' ? (
          <BusinessStep
            begun={begun}
            onDone={(next) => {
              setBegun(next);
              setStep('place');
            }}
          />
        ) : step === 'place' ? (
          <PlaceStep
            begun={begun ?? { name: '', country: '' }}
            onBack={() => setStep('business')}
            onDone={(id) => {
              setMade(id);
              setStep('tables');
            }}
          />
        ) : step === 'tables' ? (
          <TablesStep locationId={locationId} onDone={() => setStep('menu')} />
        ) : step === 'menu' ? (
          <MenuStep onDone={() => setStep('people')} />
        ) : (
          <PeopleStep />
        )}
      </Card>
    </div>
  );
}

function Steps({ step }: { readonly step: Step }): ReactElement {
  const t = useWords(words);
  const now = STEPS.indexOf(step);
  return (
    <ol className="flex flex-wrap gap-x-4 gap-y-2">
      {STEPS.map((each, at) => (
        <li
          key={each}
          aria-current={at === now ? 'step' : undefined}
          className={classes(
            'flex items-center gap-1.5 text-13',
            at < now ? 'text-brand' : at === now ? 'font-semibold text-ink' : 'text-muted',
          )}
        >
          {at < now ? (
            <Icon name="check" />
          ) : (
            <span className="grid size-5 place-items-center rounded-full border border-control text-12">
              {at + 1}
            </span>
          )}
          {t(`step-${each}`)}
        </li>
      ))}
    </ol>
  );
}
