/** Size, options, note, course, seat and quantity of one line before it is ordered. */
import { useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SwitchField, TextAreaField } from '../../design/fields.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { Stepper } from '../floor/stepper.tsx';
import { priceOfOne, QUANTITY_MAX, type BasketLine, type Choice } from './basket.ts';
import { firstChoice, isComplete, withOption } from './choice.ts';
import { NumberChoice } from './number-choice.tsx';
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
          disabled={!isComplete(choice, product)}
          reason={t('missing')}
          onClick={() => onChosen(choiceOf(choice))}
        >
          {line === null ? t('add', { price }) : t('change', { price })}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Offer product={product} choice={choice} onChange={setChoice} />
        <Serving choice={choice} seats={props.seats} onChange={setChoice} />
      </div>
    </Dialog>
  );
}

/** Without the key of a basket's line. */
function choiceOf(choice: Choice): Choice {
  const { key: _key, ...chosen } = { key: '', ...choice };
  return chosen;
}

function Offer(props: {
  readonly product: MenuProduct;
  readonly choice: Choice;
  onChange(choice: Choice): void;
}): ReactElement {
  const t = useWords(words);
  const { product, choice, onChange } = props;
  return (
    <>
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
          onChange={({ variantId, name, price }) =>
            onChange({ ...choice, variantId, variantName: name, unitPrice: price.amount })
          }
        />
      )}
      {product.groups.map((group) => (
        <OptionGroup
          key={group.groupId}
          group={group}
          chosen={choice.options}
          onChange={(option) =>
            onChange({ ...choice, options: withOption(choice.options, { option, max: group.max }) })
          }
        />
      ))}
    </>
  );
}

function Serving(props: ServingProps): ReactElement {
  const t = useWords(words);
  const { choice, onChange } = props;
  return (
    <>
      <Stepper
        label={t('quantity')}
        value={choice.quantity}
        min={1}
        max={QUANTITY_MAX}
        onChange={(quantity) => onChange({ ...choice, quantity })}
      />
      <CourseAndSeat {...props} />
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

interface ServingProps {
  readonly choice: Choice;
  readonly seats: number;
  onChange(choice: Choice): void;
}

function CourseAndSeat({ choice, seats, onChange }: ServingProps): ReactElement {
  const t = useWords(words);
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <NumberChoice
        label={t('course')}
        none={t('no-course')}
        of={COURSES}
        value={choice.course}
        say={(count) => t('course-n', { count })}
        onChange={(course) => onChange({ ...choice, course })}
      />
      <NumberChoice
        label={t('seat')}
        none={t('no-seat')}
        of={seats}
        value={choice.seat}
        say={(count) => t('seat-n', { count })}
        onChange={(seat) => onChange({ ...choice, seat })}
      />
    </div>
  );
}
