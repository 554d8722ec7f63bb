/** The stage of a lead, changed by a list: it works by keyboard and on a phone. A move that needs a reason asks for it. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { ConfirmDialog } from '../../design/dialogs.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { useLimits } from '../lists/use-limits.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { STAGES, type Stage } from './lead-types.ts';
import { words } from './words.ts';
import { words as leadWords } from './words-lead.ts';

/** Of the server. */
const REASON_MAX = 200;
const NEEDS_REASON = 'LEAD_REASON_MISSING';

export interface StageFieldProps {
  readonly id: string;
  readonly name: string;
  readonly stage: Stage;
}

function useMove({ id, name }: StageFieldProps) {
  const t = useWords(words);
  /** Where it is to go once the reason was given. */
  const [asked, setAsked] = useState<Stage | null>(null);
  const move = useCommand('POST /v1/leads/{id}/move', {
    again: ['GET /v1/leads', 'GET /v1/leads/{id}', 'GET /v1/leads/{id}/history'],
  });
  const give = (stage: Stage, reason?: string): void =>
    move.mutate(
      { params: { id }, body: { stage, ...(reason === undefined ? {} : { reason }) } },
      {
        onSuccess: () => {
          setAsked(null);
          toast(t('moved', { name, stage: t(stage) }));
        },
        // Back, or out of what was won or lost: the server knows which moves those are.
        onError: ({ code }) => {
          if (code === NEEDS_REASON && reason === undefined) setAsked(stage);
        },
      },
    );
  return { asked, setAsked, move, give };
}

export function StageField(props: StageFieldProps): ReactElement {
  const t = useWords(words);
  const limits = useLimits()('leads:write');
  const { name, stage } = props;
  const { asked, setAsked, move, give } = useMove(props);
  const error = move.error?.code === NEEDS_REASON ? null : move.error;
  return (
    <>
      <SelectField
        label={t('move', { name })}
        isLabelHidden
        disabled={limits.disabled || move.isPending}
        value={stage}
        onChange={(next) => (next === 'lost' ? setAsked(next) : give(next))}
        options={STAGES.map((value) => ({ value, label: t(value) }))}
      />
      {asked === null ? (
        <FailureNote error={error} />
      ) : (
        <ReasonDialog
          name={name}
          stage={asked}
          isBusy={move.isPending}
          onClose={() => {
            move.reset();
            setAsked(null);
          }}
          onReason={(reason) => give(asked, reason)}
        >
          <FailureNote error={error} />
        </ReasonDialog>
      )}
    </>
  );
}

function ReasonDialog(props: {
  readonly name: string;
  readonly stage: Stage;
  readonly isBusy: boolean;
  readonly children: ReactElement;
  onClose(): void;
  onReason(reason: string): void;
}): ReactElement {
  const t = useWords(words);
  const say = useWords(leadWords);
  const [reason, setReason] = useState('');
  const { name, stage } = props;
  return (
    <ConfirmDialog
      title={say('move-title', { name, stage: t(stage) })}
      text={
        <TextField
          label={say('move-reason')}
          required
          autoFocus
          maxLength={REASON_MAX}
          value={reason}
          onChange={setReason}
        />
      }
      action={say('move')}
      kind={stage === 'lost' ? 'danger' : 'primary'}
      isOpen
      isBusy={props.isBusy}
      onClose={props.onClose}
      onConfirm={() => {
        if (reason.trim() !== '') props.onReason(reason.trim());
      }}
    >
      {props.children}
    </ConfirmDialog>
  );
}
