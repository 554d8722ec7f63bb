/** Fields of forms with their labels, hints and faults, wired for those who cannot see them. */
import { html, type Html } from './html.ts';

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly type?: 'text' | 'email' | 'tel' | 'date';
  readonly autocomplete?: string;
  readonly required?: boolean;
  readonly optional?: string | undefined;
  readonly hint?: string | undefined;
  readonly fault?: string | undefined;
  readonly lengthMax?: number;
  readonly min?: string;
  readonly max?: string;
}

export function inputHtml(field: Field): Html {
  const { name, type = 'text', value = '', required = false, autocomplete, lengthMax } = field;
  return html`<div class="field">
    ${labelHtml(field)}
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      value="${value}"
      dir="auto"
      ${autocomplete !== undefined && html` autocomplete="${autocomplete}"`}${
        required && html` required`
      }${lengthMax !== undefined && html` maxlength="${lengthMax}"`}${
        field.min !== undefined && html` min="${field.min}"`
      }${field.max !== undefined && html` max="${field.max}"`}${described(field)}
    />
    ${notes(field)}
  </div>`;
}

export function textAreaHtml(field: Field): Html {
  const { name, value = '', lengthMax } = field;
  return html`<div class="field">
    ${labelHtml(field)}
    <textarea
      id="${name}"
      name="${name}"
      rows="3"
      dir="auto"
      ${lengthMax !== undefined && html` maxlength="${lengthMax}"`}${described(field)}
    >
${value}</textarea>
    ${notes(field)}
  </div>`;
}

export function checkHtml(field: Field & { readonly checked: boolean }): Html {
  const { name, label, checked, required = false } = field;
  return html`<div class="field check">
    <label for="${name}">
      <input
        id="${name}"
        name="${name}"
        type="checkbox"
        value="yes"
        ${checked && html` checked`}${required && html` required`}${described(field)}
      />
      <span>${label}</span>
    </label>
    ${notes(field)}
  </div>`;
}

function labelHtml({ name, label, optional }: Field): Html {
  return html`<label for="${name}"
    >${label}${optional !== undefined && html` <span class="quiet">(${optional})</span>`}</label
  >`;
}

function notes({ name, hint, fault }: Field): Html {
  return html`${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}
  ${fault !== undefined && html`<p class="fault-text" id="${name}-fault">${fault}</p>`}`;
}

function described({ name, hint, fault }: Field): Html | null {
  const ids = [
    ...(hint === undefined ? [] : [`${name}-hint`]),
    ...(fault === undefined ? [] : [`${name}-fault`]),
  ];
  if (ids.length === 0) return null;
  const invalid = fault === undefined ? null : html` aria-invalid="true"`;
  return html` aria-describedby="${ids.join(' ')}"${invalid}`;
}
