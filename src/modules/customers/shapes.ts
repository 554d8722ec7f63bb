/** Shapes that commands and events of customers share. */
import { Type } from 'typebox';

/** How a customer may be written to. */
export const channel = Type.Union([
  Type.Literal('email'),
  Type.Literal('sms'),
  Type.Literal('whatsapp'),
]);

export const customerKind = Type.Union([Type.Literal('person'), Type.Literal('organisation')]);

/** What a customer may be found by. */
export const identifierKind = Type.Union([
  Type.Literal('phone'),
  Type.Literal('email'),
  Type.Literal('messenger'),
]);

/** What a customer has one of that is used unless another is asked for. */
export const contactKind = Type.Union([Type.Literal('phone'), Type.Literal('email')]);

/** What may be unknown, and a personal field, which is null once the person is erased. */
export const orNull = <Schema extends ReturnType<typeof Type.String>>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
export const personalTexts = Type.Union([Type.Array(Type.String()), Type.Null()]);

export const customerId = Type.String();
