/**
 * Which passwords are taken (ASVS 6.2): long enough, not among those that are guessed first, not made of what anybody
 * knows about the person. No rule about kinds of letters, no forced change. Pure.
 */
import { Failure } from '../../core/errors.ts';
import type { FieldFault } from '../../core/field-faults.ts';
import { COMMON_WORDS } from './common-words.ts';

/** ASVS 6.2.1. */
export const PASSWORD_LENGTH_MIN = 8;
/** A sentence fits; hashing takes the same time at any length. */
export const PASSWORD_LENGTH_MAX = 1024;

/** Lines of the keyboard, of the alphabet and of digits that people run a finger along. */
const WALKS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  'qazwsxedcrfvtgbyhnujm',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
].flatMap((line) => [line, line.split('').reverse().join('')]);

const SPELLED: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Errors: INPUT_INVALID at `/password`. `known` is what belongs to the person: e-mail, name, tenant. */
export function checkPassword(password: string, known: readonly string[]): void {
  const length = Array.from(password).length;
  if (length < PASSWORD_LENGTH_MIN || password.length > PASSWORD_LENGTH_MAX)
    refuse(`must have ${PASSWORD_LENGTH_MIN} characters or more.`, {
      code: 'TOO_SHORT',
      params: { limit: PASSWORD_LENGTH_MIN },
    });
  if (isCommon(password))
    refuse('is among the first that anybody would guess. Take another.', {
      code: 'PASSWORD_COMMON',
    });
  if (isMadeOf(password, known))
    refuse('is made of the name, the e-mail or the house.', { code: 'PASSWORD_PERSONAL' });
}

/** Whether lists of leaked passwords hold it or one like it near their top. */
export function isCommon(password: string): boolean {
  const text = password.normalize('NFKC').toLowerCase();
  if (new Set(text).size <= 2 || isRepetition(text) || isDate(text)) return true;
  if (isWalk(text)) return true;
  return stemsOf(text).some((stem) => stem === '' || COMMON_WORDS.has(stem) || isWalk(stem));
}

function isMadeOf(password: string, known: readonly string[]): boolean {
  const text = password.normalize('NFKC').toLowerCase();
  const parts = known
    .flatMap((each) => [each, ...each.split(/[^\p{L}\p{N}]+/u)])
    .map((each) => each.toLowerCase())
    .filter((each) => each.length >= 4);
  return stemsOf(text).some((stem) => parts.includes(stem)) || parts.includes(text);
}

/** The text without what people put around a word, as it is and with letters for the signs that stand for them. */
function stemsOf(text: string): readonly string[] {
  const letters = withLetters(text);
  const bare = text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const spelled = withLetters(bare);
  const all = [text, letters, bare, spelled].flatMap((stem) => [
    stem,
    stem.replaceAll(/[\s._-]+/g, ''),
  ]);
  return [...all, ...all.map(half)];
}

/** With letters for the signs that stand for them. */
function withLetters(text: string): string {
  return text.replaceAll(/./gsu, (sign) => SPELLED[sign] ?? sign);
}

/** `lovelove` is love. */
function half(text: string): string {
  const middle = text.length / 2;
  return text.slice(0, middle) === text.slice(middle) ? text.slice(0, middle) : text;
}

function isRepetition(text: string): boolean {
  return /^(.{1,4})\1+$/u.test(text);
}

/** Days and years in any order, such as 12051990 or 2024-06-01. */
function isDate(text: string): boolean {
  return /^\d{8}$/.test(text.replaceAll(/[./\- ]/g, '')) && /(19|20)\d{2}/.test(text);
}

/** Made of one or two runs along a line. */
function isWalk(text: string): boolean {
  if (text.length < 4) return false;
  const isRun = (part: string): boolean => WALKS.some((line) => line.includes(part));
  for (let cut = text.length; cut >= text.length - cut && cut >= 3; cut -= 1)
    if (isRun(text.slice(0, cut)) && (cut === text.length || isRun(text.slice(cut)))) return true;
  return false;
}

function refuse(message: string, fault: FieldFault): never {
  throw new Failure('INPUT_INVALID', `The password ${message}`, {
    errors: [{ at: '/password', message, ...fault }],
  });
}
