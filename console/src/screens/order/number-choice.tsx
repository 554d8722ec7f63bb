/** A course or a seat, or none of them. */
import type { ReactElement } from 'react';
import { SelectField } from '../../design/fields.tsx';

export function NumberChoice(props: {
  readonly label: string;
  readonly none: string;
  readonly of: number;
  readonly value: number | null;
  say(count: number): string;
  onChange(value: number | null): void;
}): ReactElement {
  const { label, none, of, value, say, onChange } = props;
  return (
    <SelectField
      label={label}
      value={String(value ?? 0)}
      onChange={(next) => onChange(next === '0' ? null : Number(next))}
      options={[
        { value: '0', label: none },
        ...Array.from({ length: of }, (_, at) => ({ value: String(at + 1), label: say(at + 1) })),
      ]}
    />
  );
}
