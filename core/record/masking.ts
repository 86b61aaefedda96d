const mask = "*";
const hasHan = /\p{Script=Han}/u;
const letter = /\p{L}/u;

/**
 * A natural person's name as the public sees it: the first character and one asterisk (张三 -> 张*), so that its length does not show; of a name in
 * Latin or another alphabet the first letter (John Smith -> J*). What is masked already stays; a name without a letter becomes an asterisk.
 */
export function maskName(name: string): string {
  const characters = [...name.trim()];
  const first = characters.find((character) => letter.test(character)) ?? "";
  return hasHan.test(first) ? `${first}${mask}` : `${first.toUpperCase()}${mask}`;
}
