/** Size, options, note, course, seat and quantity of one line before it is ordered. */
import { useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField, SwitchField, TextAreaField } from '../../design/fields.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { Stepper } from '../floor/stepper.tsx';
import {
  priceOfOne,
  QUANTITY_MAX,
  type BasketLine,
  type Choice,
  type ChosenOption,
} from './basket.ts';
import { firstChoice, isComplete, withOption } from './choice.ts';
import { OptionGroup, VariantGroup } from './option-group.tsx';
import type { MenuProduct } from './order-types.ts';
import { words } from './words-menu.ts';

export interface ChooseDialogProps {
  readonly product: MenuProduct;
  /** The line that is changed; none for a new one. */
  readonly line: BasketLine | null;
  readonly seats: number;
  readonly currency: string;
  onChosen(choice: Choice): void;
  onClose(): void;
}

/** Courses that a house serves; the server takes more. */
const COURSES = 6;

export function ChooseDialog(props: ChooseDialogProps): ReactElement {
  const { product, line, currency, onChosen, onClose } = props;
  const t = useWords(words);
  const language = useLanguage();
  const [choice, setChoice] = useState<Choice>(() => line ?? firstChoice(product));
  const isReady = isComplete(choice, product);
  const price = formatMoney({ amount: priceOfOne(choice) * choice.quantity, currency }, language);
  return (
    <Dialog
      title={product.name}
      isOpen
      onClose={onClose}
      footer={
        <Button
          kind="primary"
          size="touch"
          disabled={!isReady}
          reason={t('missing')}
          onClick={() => {
            const { key: _key, ...chosen } = { key: '', ...choice };
            onChosen(chosen);
          }}
        >
          {line === null ? t('add', { price }) : t('change', { price })}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {product.description === null ? null : (
          <p dir="auto" className="line-clamp-4 break-words text-muted">
            {product.description}
          </p>
        )}
        {product.allergens.length === 0 ? null : (
          <p className="text-13 text-brass-text">
            {t('allergens', { list: product.allergens.join(', ') })}
          </p>
        )}
        {product.variants.length === 0 ? null : (
          <VariantGroup
            variants={product.variants}
            value={choice.variantId}
            onChange={({ variantId, name, price: { amount } }) =>
              setChoice({ ...choice, variantId, variantName: name, unitPrice: amount })
            }
          />
        )}
        {product.groups.map((group) => (
          <OptionGroup
            key={group.groupId}
            group={group}
            chosen={choice.options}
            onChange={(option) =>
              setChoice({ ...choice, options: toggled(choice.options, option, group.max) })
            }
          />
        ))}
        <Serving choice={choice} seats={props.seats} onChange={setChoice} />
      </div>
    </Dialog>
  );
}

function toggled(
  options: readonly ChosenOption[],
  option: ChosenOption,
  max: number,
): readonly ChosenOption[] {
  return withOption(options, { option, max });
}

function Serving(props: {
  readonly choice: Choice;
  readonly seats: number;
  onChange(choice: Choice): void;
}): ReactElement {
  const t = useWords(words);
  const { choice, seats, onChange } = props;
  const numbers = (count: number): readonly number[] =>
    Array.from({ length: count }, (_, at) => at + 1);
  return (
    <>
      <Stepper
        label={t('quantity')}
        value={choice.quantity}
        min={1}
        max={QUANTITY_MAX}
        onChange={(quantity) => onChange({ ...choice, quantity })}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label={t('course')}
          value={String(choice.course ?? '')}
          onChange={(value) =>
            onChange({ ...choice, course: value === '0' ? null : Number(value) })
          }
          placeholder={t('no-course')}
          options={[
            { value: '0', label: t('no-course') },
            ...numbers(COURSES).map((count) => ({
              value: String(count),
              label: t('course-n', { count }),
            })),
          ]}
        />
        <SelectField
          label={t('seat')}
          value={String(choice.seat ?? '')}
          onChange={(value) => onChange({ ...choice, seat: value === '0' ? null : Number(value) })}
          placeholder={t('no-seat')}
          options={[
            { value: '0', label: t('no-seat') },
            ...numbers(seats).map((count) => ({
              value: String(count),
              label: t('seat-n', { count }),
            })),
          ]}
        />
      </div>
      <TextAreaField
        label={t('note')}
        hint={t('note-hint')}
        rows={2}
        maxLength={500}
        value={choice.note}
        onChange={(note) => onChange({ ...choice, note })}
      />
      <SwitchField
        label={t('hold')}
        value={choice.hold}
        onChange={(hold) => onChange({ ...choice, hold })}
      />
    </>
  );
}
