/** Choices of a line as buttons for fingers. */
import type { ReactElement, ReactNode } from 'react';
import { classes } from '../../design/classes.ts';
import { Icon } from '../../design/icons.tsx';
import { formatMoney, type Money } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import type { ChosenOption } from './basket.ts';
import type { MenuGroup, MenuProduct } from './order-types.ts';
import { words } from './words-menu.ts';

type Variant = MenuProduct['variants'][number];

export function VariantGroup(props: {
  readonly variants: readonly Variant[];
  readonly value: string | null;
  onChange(variant: Variant): void;
}): ReactElement {
  const t = useWords(words);
  const { variants, value, onChange } = props;
  return (
    <Group title={t('variant')} hint={t('choose-one')}>
      {variants.map((variant) => (
        <ChoiceButton
          key={variant.variantId}
          name={variant.name}
          price={variant.price}
          isChosen={variant.variantId === value}
          onClick={() => onChange(variant)}
        />
      ))}
    </Group>
  );
}

export function OptionGroup(props: {
  readonly group: MenuGroup;
  readonly chosen: readonly ChosenOption[];
  onChange(option: ChosenOption): void;
}): ReactElement {
  const t = useWords(words);
  const { group, chosen, onChange } = props;
  const { groupId, min, max } = group;
  const hint =
    min === 1 && max === 1
      ? t('choose-one')
      : min > 0
        ? t('choose-some', { min, max })
        : t('choose-up-to', { max });
  return (
    <Group title={group.name} hint={hint}>
      {group.options.map(({ optionId, name, price }) => (
        <ChoiceButton
          key={optionId}
          name={name}
          price={price.amount === 0 ? null : price}
          isChosen={chosen.some((each) => each.optionId === optionId && each.groupId === groupId)}
          onClick={() => onChange({ optionId, groupId, name, price: price.amount, quantity: 1 })}
        />
      ))}
    </Group>
  );
}

function Group(props: {
  readonly title: string;
  readonly hint: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-2 flex w-full items-baseline gap-2 text-14 font-semibold">
        <span dir="auto" className="min-w-0 truncate">
          {props.title}
        </span>
        <span className="text-12 font-normal text-muted">{props.hint}</span>
      </legend>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(136px,1fr))] gap-2">
        {props.children}
      </div>
    </fieldset>
  );
}

function ChoiceButton(props: {
  readonly name: string;
  readonly price: Money | null;
  readonly isChosen: boolean;
  onClick(): void;
}): ReactElement {
  const language = useLanguage();
  const { name, price, isChosen, onClick } = props;
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onClick}
      className={classes(
        'flex min-h-14 min-w-0 items-center gap-2 rounded-control border px-3 text-left',
        isChosen
          ? 'border-brand bg-brand-soft text-brand'
          : 'border-control bg-raised hover:bg-sunken',
      )}
    >
      <span className="min-w-0 flex-1">
        <span dir="auto" className="line-clamp-2 break-words">
          {name}
        </span>
        {price === null ? null : (
          <span className="text-13 text-muted-on-soft">{formatMoney(price, language)}</span>
        )}
      </span>
      {isChosen ? <Icon name="check" /> : null}
    </button>
  );
}
