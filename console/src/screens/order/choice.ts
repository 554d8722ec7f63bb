/** Which options may be chosen together. Pure. */
import type { Choice, ChosenOption } from './basket.ts';
import type { MenuProduct } from './order-types.ts';

/** What is chosen before anybody chose: the only size there is, and nothing else. */
export function firstChoice(product: MenuProduct): Choice {
  const { productId, name, price, variants } = product;
  const only = variants.length === 1 ? variants[0] : undefined;
  return {
    productId,
    name,
    variantId: only?.variantId ?? null,
    variantName: only?.name ?? null,
    unitPrice: only?.price.amount ?? price?.amount ?? 0,
    options: [],
    quantity: 1,
    note: '',
    course: null,
    seat: null,
    hold: false,
  };
}

/** With the option, or without it where it was chosen. Of a group that takes one, the other one goes. */
export function withOption(
  options: readonly ChosenOption[],
  { option, max }: { readonly option: ChosenOption; readonly max: number },
): readonly ChosenOption[] {
  const isSame = (each: ChosenOption): boolean =>
    each.optionId === option.optionId && each.groupId === option.groupId;
  if (options.some(isSame)) return options.filter((each) => !isSame(each));
  const others = options.filter(({ groupId }) => groupId !== option.groupId);
  const own = options.filter(({ groupId }) => groupId === option.groupId);
  if (max === 1) return [...others, option];
  return own.length >= max ? options : [...options, option];
}

export function isComplete(choice: Choice, { variants, groups }: MenuProduct): boolean {
  if (variants.length > 0 && choice.variantId === null) return false;
  return groups.every(({ groupId, min, max }) => {
    const count = choice.options
      .filter((each) => each.groupId === groupId)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    return count >= min && count <= max;
  });
}
