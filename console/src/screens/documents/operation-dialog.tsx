/** The one dialog of all operations: which one, what it needs, in what order documents are joined. */
import { useState, type ReactElement } from 'react';
import { Button, IconButton } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField } from '../../design/fields.tsx';
import { useWords } from '../../words/language.ts';
import { FailureNote } from '../order/failure-note.tsx';
import type { DocumentRow } from './document-types.ts';
import type { Jobs } from './use-jobs.ts';
import { OperationFieldOf } from './operation-field.tsx';
import {
  moved,
  OPERATION_FORMS,
  optionsOf,
  problemOf,
  type OperationName,
  type Typed,
} from './operation-forms.ts';
import { operationWords } from './operation-words.ts';
import type { Names } from './use-names.ts';

const FORM = 'document-operation';

export interface OperationDialogProps {
  /** More than one only to be joined, first in the order given. */
  readonly documents: readonly DocumentRow[];
  readonly operations: readonly OperationName[];
  readonly jobs: Jobs;
  readonly names: Names;
  onClose(): void;
}

/** Nothing is said to be wrong before the first attempt. */
function useOperationForm({ documents, operations, jobs, onClose }: OperationDialogProps) {
  const [operation, setOperation] = useState<OperationName>(operations[0] ?? 'info');
  const [typed, setTyped] = useState<Typed>({});
  const [inputs, setInputs] = useState(documents.map(({ id }) => id));
  const [isTried, setTried] = useState(false);
  const pages = documents.length === 1 ? (documents[0]?.pages ?? null) : null;
  const fields = OPERATION_FORMS[operation].map((field) => ({
    field,
    problem: problemOf(field, typed, pages),
  }));
  const choose = (next: OperationName): void => {
    setOperation(next);
    setTried(false);
    jobs.forgetError();
  };
  const submit = (): void => {
    setTried(true);
    if (jobs.isBusy || fields.some(({ problem }) => problem !== null)) return;
    jobs.start({ operation, inputs, options: optionsOf(operation, typed) }, onClose);
  };
  return { operation, choose, typed, setTyped, inputs, setInputs, isTried, fields, submit };
}

export function OperationDialog(props: OperationDialogProps): ReactElement {
  const t = useWords(operationWords);
  const { jobs, operations, onClose } = props;
  const form = useOperationForm(props);
  return (
    <Dialog
      title={operations.length === 1 ? t(`op-${form.operation}`) : t('work-on')}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="primary" type="submit" form={FORM} isBusy={jobs.isBusy}>
            {t('start')}
          </Button>
        </>
      }
    >
      <form
        id={FORM}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(submit) => {
          submit.preventDefault();
          form.submit();
        }}
      >
        <OperationFields form={form} operations={operations} names={props.names} />
        <FailureNote error={jobs.error} />
      </form>
    </Dialog>
  );
}

function OperationFields({
  form,
  operations,
  names,
}: {
  readonly form: ReturnType<typeof useOperationForm>;
  readonly operations: readonly OperationName[];
  readonly names: Names;
}): ReactElement {
  const t = useWords(operationWords);
  const { operation, typed, setTyped, inputs, setInputs, isTried } = form;
  return (
    <>
      {operations.length === 1 ? null : (
        <SelectField
          label={t('operation')}
          value={operation}
          onChange={form.choose}
          options={operations.map((value) => ({ value, label: t(`op-${value}`) }))}
        />
      )}
      <p className="text-13 text-muted">
        {t(`about-${operation}`)} {t('kept-note')}
      </p>
      {inputs.length < 2 ? null : <InputOrder inputs={inputs} names={names} onChange={setInputs} />}
      {form.fields.map(({ field, problem }) => (
        <OperationFieldOf
          key={`${operation}-${field.name}`}
          field={field}
          typed={typed}
          error={isTried && problem !== null ? t(problem.key, problem.values) : null}
          onChange={(value) => setTyped({ ...typed, [field.name]: value })}
        />
      ))}
    </>
  );
}

function InputOrder({
  inputs,
  names,
  onChange,
}: {
  readonly inputs: readonly string[];
  readonly names: Names;
  onChange(inputs: string[]): void;
}): ReactElement {
  const t = useWords(operationWords);
  return (
    <ol className="flex flex-col gap-1">
      {inputs.map((id, index) => (
        <li key={id} className="flex min-w-0 items-center gap-2">
          <span className="w-6 text-right text-muted">{index + 1}</span>
          <bdi className="min-w-0 flex-1 truncate">{names.byId(id)}</bdi>
          <IconButton
            icon="arrow-up"
            label={t('earlier', { place: index + 1 })}
            disabled={index === 0}
            onClick={() => onChange([...moved(inputs, index, -1)])}
          />
          <IconButton
            icon="arrow-down"
            label={t('later', { place: index + 1 })}
            disabled={index === inputs.length - 1}
            onClick={() => onChange([...moved(inputs, index, 1)])}
          />
        </li>
      ))}
    </ol>
  );
}
